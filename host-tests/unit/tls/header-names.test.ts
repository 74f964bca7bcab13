// Comments of the TypeScript name the C that they stand for: the header is there, and has that name in it.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "@jest/globals";

const modules = join(__dirname, "../../../modules");
const files = readdirSync(modules, { recursive: true, encoding: "utf8" });
const headers = new Map(files.filter(name => name.endsWith(".h")).map(name => [basename(name), join(modules, name)]));

const mentions = files
	.filter(name => name.endsWith(".ts"))
	.flatMap(name =>
		[...readFileSync(join(modules, name), "utf8").matchAll(/`(\w+)`[^`.]* in (tls-[\w-]+\.h)/g)].map(
			([, what, header]) => [name, what as string, header as string] as const
		)
	);

test("there are some", () => expect(mentions.length).toBeGreaterThan(5));

test.each(mentions)("%s: %s is in %s", (_name, what, header) => {
	expect(headers.has(header)).toBe(true);
	expect(readFileSync(headers.get(header) as string, "utf8")).toMatch(new RegExp(`\\b${what}\\b`));
});

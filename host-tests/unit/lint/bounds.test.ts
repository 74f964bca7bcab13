// A number that bounds what is read stands in a module's limits, or has a comment above it that says of what it is, and why.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const modules = join(__dirname, "../../../modules");
const sources = readdirSync(modules, { recursive: true, encoding: "utf8" }).filter(
	path => path.endsWith(".ts") && !path.endsWith("limits.ts")
);
const units = /bytes|bits|characters|digits|members|elements|certificates|levels|port|milliseconds|times|requests/i;

/** Names of such numbers with the comment that each has, above or behind it. */
const bounds = (text: string): [name: string, comment: string][] =>
	[
		...text.matchAll(
			/(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^(?:export )?const (\w+)(?:: number)? = ([\w. +*]+);(.*)$/gm
		)
	]
		.filter(([, , name = "", value = ""]) => /^(?:max|most|longest|least|short|few)/i.test(name) && /^\d/.test(value))
		.map(([, above = "", name = "", , behind = ""]) => [name, above || behind]);

test("every bound says what it counts", () => {
	const all = sources.flatMap(path =>
		bounds(readFileSync(join(modules, path), "utf8")).map(([name, comment]) => [`${path}: ${name}`, comment] as const)
	);
	expect(all.length).toBeGreaterThan(10);
	expect(all.filter(([, comment]) => !units.test(comment)).map(([name]) => name)).toEqual([]);
});

test.each(["maxMember", "maxKeptTags", "maxAuthority", "shortValue", "valueCopies"])(
	"%s, which clients and users meet, is one of the limits of HTTP",
	name => {
		const files = sources.filter(path => path.startsWith("httpsd/"));
		const defined = new RegExp(`^const ${name}(?:: number)? = \\d`, "m");
		expect(files.filter(path => defined.test(readFileSync(join(modules, path), "utf8")))).toEqual([]);
		expect(readFileSync(join(modules, "httpsd/limits.ts"), "utf8")).toMatch(`\t${name}: `);
	}
);

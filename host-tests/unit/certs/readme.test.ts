import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { folder } from "./tool";

const root = join(__dirname, "../../..");
const cwd = folder();
const launcher = join(root, "certs/bin/certs.mjs");
const lines = [...readFileSync(join(root, "certs/README.md"), "utf8").matchAll(/^```sh\n([\s\S]*?)^```/gm)]
	.flatMap(([, block]) => (block as string).trim().split("\n"))
	.filter(line => line !== "");

test("E10 every command of certs/README.md runs, in order, through the launcher", () => {
	expect(lines.length).toBeGreaterThan(15);
	for (const line of lines) {
		const [program, ...argv] = line.split(" ");
		const own = program === "node" && argv[0] === "certs/bin/certs.mjs";
		const text = own
			? execFileSync(process.execPath, [launcher, ...argv.slice(1)], { cwd, encoding: "utf8", stdio: "pipe" })
			: execFileSync(program as string, argv, { cwd, encoding: "utf8", stdio: "pipe" });
		if (own) expect(text).not.toBe("");
	}
});

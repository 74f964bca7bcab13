// What README.md says of firmware of one's own: its manifest and its first lines, as a project beside a clone.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "@jest/globals";
import { run } from "./https";
import { root } from "./paths";
import { caFile, whyNot } from "./simulator";

const readme = readFileSync(join(root, "README.md"), "utf8");
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "m").exec(readme)?.[1] as string;

/** Writes the project into a folder, with a certificate for its snippet to use. */
function writeProject(folder: string): void {
	const identity = ["server.pem", "server.key.pem"].map(name => join(root, "build/identity", name));
	const manifest = { ...JSON.parse(block("json")), modules: { "*": "./main" }, data: { "*": identity } };
	const lines = [
		'import Resource from "Resource";',
		block("ts").replace("port: 443", "port: 0"),
		"trace('listening on ' + server.port + '\\n');"
	];
	const load = 'const cert = new Resource("server.pem"), key = new Resource("server.key.pem");\nconst secure =';
	symlinkSync(root, join(folder, "https"));
	writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
	writeFileSync(join(folder, "main.ts"), lines.join("\n").replace("const secure =", load));
}

async function expectGreeting(folder: string): Promise<void> {
	execFileSync("make", ["-s", "-C", root, "identity"], { stdio: "pipe" });
	execFileSync("make", ["-s", "-C", root, "mbedtls", "VARIANT=pic"], { stdio: "pipe" });
	writeProject(folder);
	const toolchain = join(root, "host-tests/toolchain");
	const out = join(folder, "out");
	execFileSync(join(toolchain, "moddable.sh"), ["lin", join(folder, "manifest.json"), out], { stdio: "pipe" });
	const application = join(out, `bin/lin/mc/release/${basename(folder)}/mc.so`);
	const child = spawn(join(toolchain, "simulator.sh"), [application]);
	const ended = new Promise(resolve => child.on("close", resolve));
	const port = await new Promise((resolve, reject) => {
		child.stdout.on("data", chunk => resolve(/listening on (\d+)/.exec(String(chunk))?.[1]));
		child.on("close", () => reject(new Error("the simulator ended")));
	});
	const { stdout } = await run("curl", ["-sS", "--cacert", caFile, `https://localhost:${port}/hello/you`]);
	child.kill();
	await ended;
	expect(stdout).toBe("Hello, you");
}

const title = "Z10 the README's manifest and snippet are a project that serves, in the simulator";
if (whyNot === undefined)
	test(title, async () => {
		const folder = mkdtempSync(join(tmpdir(), "readme-"));
		try {
			await expectGreeting(folder);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
else test.skip(`${title} (skipped: ${whyNot})`, () => {});

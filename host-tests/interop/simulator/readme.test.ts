// What README.md says of firmware of one's own: its two files and its commands, as a project beside a clone.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { run } from "../https";
import { root } from "../paths";
import { applicationOf, build, startServer, whyNot } from "./simulator";

const readme = readFileSync(join(root, "README.md"), "utf8");
const section = readme.slice(readme.indexOf("## Use the modules in your own firmware"));

/** The first block of that language in a text. */
function block(language: string, text: string): string {
	return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "m").exec(text)?.[1] as string;
}

const folder = mkdtempSync(join(tmpdir(), "readme-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the project, prepares it as the README says, and compiles it as its `mcconfig` does, but for running it. */
function buildProject(): string {
	const port = 'trace("listening on " + server.port + "\\n");\n';
	symlinkSync(root, join(folder, "https"));
	writeFileSync(join(folder, "manifest.json"), block("json", section));
	writeFileSync(join(folder, "main.ts"), block("ts", readme).replace("port: 8443", "port: 0") + port);
	execFileSync("bash", ["-euc", block("sh", section)], { cwd: folder, stdio: "pipe" });
	build("host-tests/toolchain/moddable.sh", "lin", join(folder, "manifest.json"), join(folder, "out"));
	return applicationOf(join(folder, "out"), basename(folder));
}

const title = "Z10 the README's two files are a project that serves, in the simulator";
if (whyNot === undefined) {
	const application = buildProject();
	test(title, async () => {
		const { port } = await startServer(application);
		const ca = join(folder, "identity/ca.pem");
		const { stdout } = await run("curl", ["-sS", "--cacert", ca, `https://localhost:${port}/hello/you`]);
		expect(stdout).toBe("Hello, you");
	});
} else test.skip(`${title} (skipped: ${whyNot})`, () => {});

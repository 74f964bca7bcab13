// modules/without, as the SDK's linker sees it: a server over TLS is linked for a device without what all.json leaves out.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { root } from "../paths";

// The linker is one of the SDK's tools, for which there need be no simulator.
const linker = join(process.env.MODDABLE ?? "", "build/bin/lin/release/xsl");
const whyNot =
	process.env.MODDABLE === undefined ? "MODDABLE is not set" : existsSync(linker) ? undefined : `there is no ${linker}`;

/** The specifiers of all modules that are linked. */
function linked(manifest: string): string[] {
	const script = `import { link } from "${root}/host-tests/flash/link.mjs";
		console.log(link("esp32/esp32c3", "host-tests/flash/${manifest}", "build/flash/test-${manifest}"));`;
	const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 } as const;
	const source = execFileSync(process.execPath, ["--input-type=module", "-e", script], options);
	const table = source.slice(source.indexOf("gxScripts[mxScriptsCount] = {"));
	return [...table.slice(0, table.indexOf("};")).matchAll(/"(.+?)"/g)].map(([, name]) => name as string);
}

const title = "Z10 a server over TLS is linked without the parts that modules/without/all.json leaves out";
if (whyNot === undefined) {
	test(title, () => {
		const modules = linked("server_alone.json");
		expect(modules).toEqual(
			expect.arrayContaining(["httpsd/https-server", "httpsd/files", "httpsd/websocket/endpoint"])
		);
		const left = ["httpsd/websocket", "httpsd/file-stores", "httpsd/digest-auth", "tls/tls", "tls/x509/der"];
		expect(modules.filter(name => left.includes(name))).toEqual([]);
	});
} else test.skip(`${title} (skipped: ${whyNot})`, () => {});

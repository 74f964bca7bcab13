// What the SDK's linker puts into a firmware for an ESP32-C3. It is one of the SDK's tools, for which there need be no simulator.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths";

const linker = join(process.env.MODDABLE ?? "", "build/bin/lin/release/xsl");

/** Why there is no linker here; `undefined` when there is one. */
export const whyNot =
	process.env.MODDABLE === undefined ? "MODDABLE is not set" : existsSync(linker) ? undefined : `there is no ${linker}`;

/** The specifiers of all modules that are linked. */
export function linkedModules(manifest: string, out: string): string[] {
	const script = `import { link } from "${root}/host-tests/flash/link.mjs";
		console.log(link("esp32/esp32c3", "${manifest}", "${out}"));`;
	const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 } as const;
	const source = execFileSync(process.execPath, ["--input-type=module", "-e", script], options);
	const table = source.slice(source.indexOf("gxScripts[mxScriptsCount] = {"));
	return [...table.slice(0, table.indexOf("};")).matchAll(/"(.+?)"/g)].map(([, name]) => name as string);
}

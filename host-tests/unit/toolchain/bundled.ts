// What toolchain/bundle makes of modules, in a process of its own: it is made of modules that Jest does not load.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const script = `
	import { text } from "node:stream/consumers";
	import { bundle } from ${JSON.stringify(join(__dirname, "../../toolchain/bundle/bundle.mjs"))};
	const { sources, faces } = JSON.parse(await text(process.stdin));
	console.log(JSON.stringify([...await bundle(new Map(sources), faces)]));
`;

/** The modules that take the place of others, by specifier. Sources are JavaScript. */
export function bundled(sources: Iterable<readonly [string, string]>, faces: readonly string[]): Map<string, string> {
	const input = JSON.stringify({ sources: [...sources], faces });
	const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
		input,
		encoding: "utf8",
		maxBuffer: 1 << 24
	});
	if (status !== 0) throw new Error(stderr);
	return new Map(JSON.parse(stdout));
}

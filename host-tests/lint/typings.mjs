// Types as users see them: what they write (host-tests/types) and all modules compile against npm's @moddable/typings and,
// where MODDABLE names the SDK, against its own, which differ.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

// In the SDK it stands beside XS.
const xs = "xs.d.ts";
const npm = "node_modules/@moddable/typings";
const { compilerOptions, include, files } = JSON.parse(readFileSync("tsconfig.json", "utf8"));

function check(name, typings, types = join(typings, xs)) {
	const folder = "build/typings";
	const config = {
		extends: resolve("tsconfig.json"),
		compilerOptions: { noEmit: true, rootDir: "/" },
		include: [...include, "host-tests/types"].map(path => resolve(path)),
		files: files.map(path => resolve(path === `${npm}/${xs}` ? types : path.replace(npm, typings)))
	};
	config.compilerOptions.paths = Object.fromEntries(
		Object.entries(compilerOptions.paths).map(([from, [to]]) => [from, [resolve(to)]])
	);
	mkdirSync(folder, { recursive: true });
	const path = join(folder, `${name}.json`);
	writeFileSync(path, JSON.stringify(config));
	const { status, stdout } = spawnSync("node_modules/.bin/tsc", ["-p", path], { encoding: "utf8" });
	if (status !== 0) console.error(`Against the typings of ${name}:\n${stdout.trim()}`);
	return status === 0;
}

const sdk = process.env.MODDABLE;
const areGood = [
	check("npm", npm),
	...(sdk ? [check("the SDK", join(sdk, "typings"), join(sdk, "xs/includes", xs))] : [])
].every(Boolean);
console.log(`typings: npm's${sdk ? " and the SDK's" : "; the SDK's skipped: MODDABLE is not set"}`);
process.exitCode = areGood ? 0 : 1;

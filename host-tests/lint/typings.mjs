// Types as users see them: what they write (host-tests/types) and all modules compile against npm's @moddable/typings and,
// where MODDABLE names the SDK, against its own, which differ. What modules export says its types itself
// (`isolatedDeclarations`), so that an editor need not look into other files for them.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

// In the SDK it stands beside XS.
const xs = "xs.d.ts";
const npm = "node_modules/@moddable/typings";
const { compilerOptions, include, files } = JSON.parse(readFileSync("tsconfig.json", "utf8"));

// XS wants the call itself there, and nothing of the type depends on it.
const isNativeBase = line => /\bextends Native\("\w+"\)( implements [\w<>, ]+)? \{$/.test(line);

// The errors that tsc printed, each with the lines that belong to it, but those of `extends Native("…")`.
function errorsIn(stdout) {
	const errors = stdout.split(/\n(?=\S)/).filter(Boolean);
	return errors.filter(error => {
		const [, path, line] = /^(\S+)\((\d+),\d+\): error TS9021:/.exec(error) ?? [];
		return path === undefined || !isNativeBase(readFileSync(path, "utf8").split("\n")[line - 1]);
	});
}

function check(name, typings, types = join(typings, xs)) {
	const folder = "build/typings";
	const config = {
		extends: resolve("tsconfig.json"),
		compilerOptions: { noEmit: true, rootDir: "/", declaration: true, isolatedDeclarations: true },
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
	const errors = errorsIn(stdout);
	if (status !== 0 && stdout === "") errors.push(`tsc ended with status ${status}`);
	if (errors.length > 0) console.error(`Against the typings of ${name}:\n${errors.join("\n").trim()}`);
	return errors.length === 0;
}

const sdk = process.env.MODDABLE;
const areGood = [
	check("npm", npm),
	...(sdk ? [check("the SDK", join(sdk, "typings"), join(sdk, "xs/includes", xs))] : [])
].every(Boolean);
console.log(`typings: npm's${sdk ? " and the SDK's" : "; the SDK's skipped: MODDABLE is not set"}`);
process.exitCode = areGood ? 0 : 1;

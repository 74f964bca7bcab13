// What the SDK's mcconfig makes of a manifest: a makefile, and which modules the firmware has, from which sources. Needs MODDABLE.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

const tools = join(process.env.MODDABLE ?? "", "build/bin/lin/release");

/** How the SDK's tools are run: without a toolchain for a device, which they look for before they need it. */
export const quiet = {
	env: { ...process.env, ESP_BASE: "/", PATH: `${tools}:${resolve("node_modules/.bin")}:${process.env.PATH}` },
	stdio: ["ignore", "ignore", "pipe"],
	encoding: "utf8"
};

/** The output for a platform has the name of the manifest's folder at its end. */
function folderOf(out, manifest) {
	const all = readdirSync(join(out, "tmp"), { recursive: true, encoding: "utf8" });
	const found = all.find(path => path.endsWith(join("release", basename(dirname(resolve(manifest))), "makefile")));
	return resolve(out, "tmp", dirname(found));
}

/** Has mcconfig look at a manifest for a platform, such as `esp32/esp32c3`: the folder of its makefile. Throws what it says. */
export function configure(platform, manifest, out) {
	mkdirSync(out, { recursive: true });
	execFileSync("mcconfig", ["-p", platform, "-t", "build", "-o", resolve(out), resolve(manifest)], quiet);
	return folderOf(out, manifest);
}

/** Modules in TypeScript: what they are imported by, their source, and where mcconfig would have it compiled to. */
export function typescriptOf(folder) {
	const makefile = readFileSync(join(folder, "makefile"), "utf8");
	return [...makefile.matchAll(/^\$\(TMP_DIR\)(\/tsc\/\S+\.js) : (\S+\.ts) /gm)].map(([, output, source]) => {
		const name = output.slice("/tsc/".length, -(source.length - ".ts".length + ".js".length));
		return { specifier: name.replace(/^~\.embedded\//, "embedded:"), source, output: join(folder, output) };
	});
}

/** Sources of modules in JavaScript, but for what mcconfig writes itself. */
export function javascriptOf(folder) {
	const makefile = readFileSync(join(folder, "makefile"), "utf8");
	return [...makefile.matchAll(/^\$\(MODULES_DIR\)\/\S+\.xsb: (\/\S+\.m?js)$/gm)].map(([, source]) => source);
}

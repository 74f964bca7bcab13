// Has the SDK link a firmware's modules, and nothing else: no C is compiled, so no toolchain for a device is asked for.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

const tools = join(process.env.MODDABLE ?? "", "build/bin/lin/release");
// Where the makefiles would look for ESP-IDF and the tools of an ESP8266, which the modules do not depend on.
const esp8266 = ["ESP_BASE=/", "ARDUINO_ROOT=/", "ESPRESSIF_SDK_ROOT=/", "TOOLS_ROOT=/"];
const unasked = ["IDF_PATH=/", "IDF_VERSION=v6.0", "SDKCONFIG_H=", ...esp8266];
const environment = {
	...process.env,
	ESP_BASE: "/",
	PATH: `${tools}:${resolve("node_modules/.bin")}:${process.env.PATH}`
};
const quiet = { env: environment, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" };

/** mcconfig runs tsc for each file alone; where `make js` has compiled it by the same options, its output is taken. */
function takeCompiled(folder) {
	const now = new Date();
	const makefile = readFileSync(join(folder, "makefile"), "utf8");
	for (const [, output, source] of makefile.matchAll(/^\$\(TMP_DIR\)(\/tsc\/\S+\.js) : (\S+\.ts) /gm)) {
		const compiled = join("build/js", `${relative(".", source).slice(0, -".ts".length)}.js`);
		if (!existsSync(compiled)) continue;
		const to = join(folder, output);
		mkdirSync(dirname(to), { recursive: true });
		cpSync(compiled, to);
		utimesSync(to, now, now);
	}
}

/** The output for a platform has the name of the manifest's folder at its end. */
function folderOf(out, manifest) {
	const all = readdirSync(join(out, "tmp"), { recursive: true, encoding: "utf8" });
	const found = all.find(path => path.endsWith(join("release", basename(dirname(resolve(manifest))), "makefile")));
	return resolve(out, "tmp", dirname(found));
}

/** The text of mc.xs.c for a manifest and platform, such as `esp32/esp32c3`. Throws what the SDK's tools say. */
export function link(platform, manifest, out) {
	mkdirSync(out, { recursive: true });
	execFileSync("mcconfig", ["-p", platform, "-t", "build", "-o", resolve(out), resolve(manifest)], quiet);
	const folder = folderOf(out, manifest);
	takeCompiled(folder);
	// The linker keeps all names that it has ever had here.
	rmSync(join(folder, "modules/mc.xsi"), { force: true });
	rmSync(join(folder, "mc.xs.c"), { force: true });
	execFileSync("make", ["-j2", "-f", join(folder, "makefile"), ...unasked, join(folder, "mc.xs.c")], quiet);
	return readFileSync(join(folder, "mc.xs.c"), "utf8");
}

// Has the SDK link a firmware's modules, and nothing else: no C is compiled, so no toolchain for a device is asked for.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { configure, quiet, typescriptOf } from "../toolchain/bundle/configure.mjs";

// Where the makefiles would look for ESP-IDF and the tools of an ESP8266, which the modules do not depend on.
const esp8266 = ["ESP_BASE=/", "ARDUINO_ROOT=/", "ESPRESSIF_SDK_ROOT=/", "TOOLS_ROOT=/"];
const unasked = ["IDF_PATH=/", "IDF_VERSION=v6.0", "SDKCONFIG_H=", ...esp8266];

/** mcconfig runs tsc for each file alone; where `make js` has compiled it by the same options, its output is taken. */
function takeCompiled(folder) {
	const now = new Date();
	for (const { source, output } of typescriptOf(folder)) {
		const compiled = join("build/js", `${relative(".", source).slice(0, -".ts".length)}.js`);
		if (!existsSync(compiled)) continue;
		mkdirSync(dirname(output), { recursive: true });
		cpSync(compiled, output);
		utimesSync(output, now, now);
	}
}

/** The text of mc.xs.c for a manifest and platform, such as `esp32/esp32c3`. Throws what the SDK's tools say. */
export function link(platform, manifest, out) {
	const folder = configure(platform, manifest, out);
	takeCompiled(folder);
	// The linker keeps all names that it has ever had here.
	rmSync(join(folder, "modules/mc.xsi"), { force: true });
	rmSync(join(folder, "mc.xs.c"), { force: true });
	execFileSync("make", ["-j2", "-f", join(folder, "makefile"), ...unasked, join(folder, "mc.xs.c")], quiet);
	return readFileSync(join(folder, "mc.xs.c"), "utf8");
}

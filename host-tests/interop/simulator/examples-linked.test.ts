// The examples as a device's: the SDK's linker finds all that their manifests name, for an ESP32-C3. No C is compiled.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { root } from "../paths";
import { linkedModules, whyNot } from "./linker";

const names = readdirSync(join(root, "examples"), { withFileTypes: true })
	.filter(entry => entry.isDirectory())
	.map(({ name }) => name);

for (const name of names) {
	const title = `Z13 example ${name} is linked for an ESP32-C3`;
	if (whyNot === undefined)
		test(title, () => {
			const modules = linkedModules(`examples/${name}/manifest.json`, "build/flash/examples");
			expect(modules).toEqual(expect.arrayContaining(["main", "tls/context", "setup/network"]));
		});
	else test.skip(`${title} (skipped: ${whyNot})`, () => {});
}

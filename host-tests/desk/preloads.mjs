// Which modules the manifests preload. As options of the desk, for the demo: node host-tests/desk/preloads.mjs FOLDER, where
// FOLDER is that of the compiled modules (build/js).
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { moduleNames } from "../modules.cjs";

// What the SDK preloads of its own: examples/manifest_base.json, build/devices/*/manifest.json, and modules/{files/preference,
// network/net,io}. mcconfig preloads mc/config. Module desk stands for none of them, and takes nothing of what is measured.
const ofTheSDK = [
	"Resource",
	"time",
	"timer",
	"preference",
	"net",
	"mc/config",
	"embedded:io/socket/tcp",
	"embedded:io/socket/listener",
	"desk"
];

function preloadOf(manifest) {
	const names = [JSON.parse(readFileSync(manifest, "utf8")).preload ?? []].flat();
	const wildcard = names.find(name => name.includes("*"));
	if (wildcard === undefined) return names;
	throw new Error(`${manifest} preloads ${wildcard}: mcconfig finds no TypeScript by a wildcard, so name each module`);
}

/** What is preloaded in a firmware that includes the manifests of these modules. */
export function preloadsOf(names) {
	return [...ofTheSDK, ...names.flatMap(name => preloadOf(`modules/${name}/manifest.json`))];
}

const [, script, folder] = process.argv;
if (basename(script) === "preloads.mjs") {
	// The demo's own lie beside its main.js, and are found by their path.
	const ofTheDemo = preloadOf("manifest.json").map(name => resolve(folder, name));
	console.log([...preloadsOf(moduleNames), ...ofTheDemo].map(specifier => `--preload ${specifier}`).join(" "));
}

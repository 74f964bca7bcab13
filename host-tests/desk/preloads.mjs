// Which modules the manifests preload, as options of the desk: node host-tests/desk/preloads.mjs FOLDER, where FOLDER is
// that of the compiled modules (build/js).
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
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

const preloadOf = manifest => [JSON.parse(readFileSync(manifest, "utf8")).preload ?? []].flat();

const folder = process.argv[2];
const ours = moduleNames.flatMap(name => preloadOf(`modules/${name}/manifest.json`));
// The demo's own lie beside its main.js, and are found by their path.
const ofTheDemo = preloadOf("manifest.json").map(name => resolve(folder, name));
console.log([...ofTheSDK, ...ours, ...ofTheDemo].map(specifier => `--preload ${specifier}`).join(" "));

// Which modules the manifests preload. As options of the desk, for the demo: node host-tests/desk/preloads.mjs FOLDER, where
// FOLDER is that of the compiled modules (build/js). Names behind it are of modules that a firmware has beside those of the demo.
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";

const modulesOfTheDemo = ["platform", "text", "tls", "httpsd", "identity", "discovery"];

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
	return [...ofTheSDK, ...names.flatMap(name => [...besides(name), ...preloadOf(`modules/${name}/manifest.json`)])];
}

/** What a firmware with that module has of the SDK's besides, for which the desk has modules of its own. */
const besidesOf = {
	acme: ["embedded:network/http/client", "embedded:network/dns/resolver/udp"],
	discovery: ["embedded:io/socket/udp"],
	provisioning: ["embedded:io/socket/udp"]
};
const besides = name => besidesOf[name] ?? [];

const [, script, folder, ...more] = process.argv;
if (basename(script) === "preloads.mjs") {
	// The demo's own lie beside its main.js, and are found by their path.
	const ofTheDemo = preloadOf("manifest.json").map(name => resolve(folder, name));
	console.log(
		[...preloadsOf([...modulesOfTheDemo, ...more]), ...ofTheDemo].map(specifier => `--preload ${specifier}`).join(" ")
	);
}

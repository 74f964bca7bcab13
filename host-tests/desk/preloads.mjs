// Which modules the manifests preload, as options of the desk: node host-tests/desk/preloads.mjs FOLDER, where FOLDER is
// that of the compiled modules (build/js). What the SDK preloads of its own is said here.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const modules = ["platform", "text", "tls", "httpsd", "identity"];

// Of manifest_base.json, and of the modules/*/manifest.json of the SDK that ours include; desk stands for none of them.
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

const readPreload = manifest => [JSON.parse(readFileSync(manifest, "utf8")).preload ?? []].flat();

function expand(specifier, folder) {
	if (!specifier.endsWith("*")) return [specifier];
	const prefix = specifier.slice(0, -1);
	return readdirSync(`${folder}/modules/${prefix}`, { recursive: true })
		.filter(name => name.endsWith(".js"))
		.map(name => prefix + name.slice(0, -3))
		.sort();
}

/** Specifiers of what a device has preloaded, but for the program's own modules. */
export function preloadedModules(folder = "build/js") {
	const ours = modules.flatMap(name => readPreload(`modules/${name}/manifest.json`));
	return [...ofTheSDK, ...ours.flatMap(specifier => expand(specifier, folder))];
}

/** The same of the demo, whose own modules are files beside its main.js. */
export function preloadedDemo(folder = "build/js") {
	return [...preloadedModules(folder), ...readPreload("manifest.json").map(name => resolve(folder, name))];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
	console.log(
		preloadedDemo(process.argv[2])
			.map(specifier => `--preload ${specifier}`)
			.join(" ")
	);

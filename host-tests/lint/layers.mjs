// Fails when a file imports upwards, stands on no layer, or mixes the three kinds of C.
//
// layers.json lists each folder's layers from the lowest up. A file may import files of its own layer and of those
// below. Folders are ordered too: modules/tls and modules/httpsd don't know each other, but for httpsd's one
// composition file; the firmware at the top knows all.
import { readdirSync, readFileSync } from "node:fs";
import { basename, posix } from "node:path";

const layers = JSON.parse(readFileSync(new URL("layers.json", import.meta.url), "utf8"));
const mayKnow = {
	"modules/tls": [],
	"modules/httpsd": [],
	"modules/identity": ["tls"],
	".": ["tls", "httpsd", "identity"]
};
const composers = { "modules/httpsd/https-server.ts": ["tls"], "modules/httpsd/secret.ts": ["tls"] };
// Types of the sockets that the platform gives, for all.
const shared = "modules/io";
const problems = [];
let files = 0;

function filesOf(folder, ending) {
	return readdirSync(folder).filter(name => name.endsWith(ending));
}

function layerOf(folder, name) {
	return layers[folder].findIndex(layer => layer.includes(name));
}

// Static and dynamic, of values and of types.
function importsOf(path) {
	const text = readFileSync(path, "utf8");
	const statements = text.matchAll(/(?:^|\n|;)\s*(?:import\s*|(?:import|export)\b[^;"'()]*\bfrom\s*)["']([^"']+)["']/g);
	const calls = text.matchAll(/\b(?:import|require)\s*\(\s*["'`]([^"'`]+)["'`]/g);
	return [...statements, ...calls].map(match => match[1]);
}

// The folder and the name that a specifier stands for; undefined when it is none of this project's.
function resolve(folder, specifier) {
	const path = specifier.startsWith(".") ? posix.join(folder, specifier) : `modules/${specifier}`;
	const target = { folder: posix.dirname(path), name: posix.basename(path).replace(/\.[jt]s$/, "") };
	return specifier.startsWith(".") || target.folder in mayKnow ? target : undefined;
}

function checkImport(path, folder, layer, specifier) {
	const target = resolve(folder, specifier);
	if (target === undefined || `${target.folder}/${target.name}` === shared) return;
	if (target.folder === folder) {
		if (layerOf(folder, target.name) > layer) problems.push(`${path} imports ${specifier}, which stands above it`);
		return;
	}
	const known = composers[path] ?? mayKnow[folder];
	if (!known.some(module => target.folder === `modules/${module}`))
		problems.push(`${path} imports ${specifier}, of which it must not know`);
}

function checkFolder(folder) {
	for (const name of filesOf(folder, ".ts")) {
		if (name.endsWith(".d.ts")) continue;
		const path = folder === "." ? name : `${folder}/${name}`;
		const layer = layerOf(folder, basename(name, ".ts"));
		files++;
		if (layer < 0) problems.push(`${path} stands on no layer: add it to host-tests/lint/layers.json`);
		else for (const specifier of importsOf(path)) checkImport(path, folder, layer, specifier);
	}
}

// Engine: mbedTLS and no XS. Glue (*-xs.c): XS and no mbedTLS. Port (tls-port*): versions and platforms.
function checkC(path) {
	const text = readFileSync(path, "utf8");
	const isGlue = /-xs\.c$|tls-xs\.h$/.test(path);
	const isPort = basename(path).startsWith("tls-port");
	const isConfig = basename(path) === "tls-mbedtls-config.h";
	files++;
	if (!isGlue && /#include "xs/.test(text)) problems.push(`${path} is engine and includes XS`);
	if (isGlue && /#include "(mbedtls|psa)\//.test(text)) problems.push(`${path} is glue and includes mbedTLS`);
	if (!isPort && !isConfig && /#\s*(if|elif).*(MBEDTLS_VERSION|ESP_PLATFORM|__ets__)/.test(text))
		problems.push(`${path} asks for a version or platform outside of the port`);
}

for (const folder of Object.keys(layers)) checkFolder(folder);
for (const folder of ["modules/tls", "modules/identity"])
	for (const ending of [".c", ".h"]) for (const name of filesOf(folder, ending)) checkC(posix.join(folder, name));

if (problems.length > 0) {
	console.error(problems.join("\n"));
	process.exit(1);
}
console.log(`layers: ${files} files, no import upwards`);

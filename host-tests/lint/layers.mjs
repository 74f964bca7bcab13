// Fails when a file imports upwards or stands on no layer. c-rooms.mjs has the rule for C.
//
// layers.json lists each module's layers from the lowest up. A file may import files of its own layer and of those
// below. Modules are ordered too: modules/tls and modules/httpsd don't know each other, but for httpsd's
// composition files; the firmware at the top knows all. A module's folders are its rooms, and what is in them is its own:
// from outside only the files at its top are imported.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { checkC, checkDesk } from "./c-rooms.mjs";
import { importsOf } from "./imports.mjs";

const { C, desk, ...layers } = JSON.parse(readFileSync(new URL("layers.json", import.meta.url), "utf8"));
const mayKnow = {
	"modules/platform": [],
	"modules/text": [],
	"modules/tls": ["platform", "text"],
	"modules/httpsd": ["platform", "text"],
	"modules/identity": ["text", "tls"],
	".": ["text", "tls", "httpsd", "identity"]
};
const composers = {
	"modules/httpsd/https-server.ts": ["text", "tls"],
	"modules/httpsd/auth/secret.ts": ["text", "tls"]
};
// Types of the sockets that the platform gives, for all.
const shared = "modules/io";
// A folder for each platform, of which the manifest chooses one to be the module.
const chosen = { "platform/limits": { module: "modules/platform", name: "limits" } };
const problems = [];
let files = 0;

function filesOf(folder, ...endings) {
	return readdirSync(folder, { recursive: folder !== "." })
		.filter(name => endings.some(ending => name.endsWith(ending)))
		.sort();
}

function layerOf(module, name) {
	return layers[module].findIndex(layer => layer.includes(name));
}

// The module and the name in it that a specifier stands for; undefined when it is none of this project's.
function resolve(folder, specifier) {
	if (specifier in chosen) return chosen[specifier];
	const path = posix.join(specifier.startsWith(".") ? folder : "modules", specifier).replace(/\.[cm]?[jt]sx?$/, "");
	const module = Object.keys(mayKnow).find(name => path.startsWith(`${name}/`)) ?? posix.dirname(path);
	if (!specifier.startsWith(".") && !(module in mayKnow)) return undefined;
	return { module, name: path.slice(module === "." ? 0 : module.length + 1) };
}

function checkImport(path, module, layer, specifier) {
	if (specifier === null) {
		problems.push(`${path} imports by a name that is computed: write it as a string`);
		return;
	}
	const target = resolve(posix.dirname(path), specifier);
	if (target === undefined || `${target.module}/${target.name}` === shared) return;
	if (target.module === module) {
		const above = layerOf(module, target.name);
		if (above < 0) problems.push(`${path} imports ${specifier}, which stands on no layer`);
		else if (above > layer) problems.push(`${path} imports ${specifier}, which stands above it`);
		return;
	}
	const known = composers[path] ?? mayKnow[module];
	if (!known.some(name => target.module === `modules/${name}`))
		problems.push(`${path} imports ${specifier}, of which it must not know`);
	else if (target.name.includes("/"))
		problems.push(`${path} imports ${specifier}, which is inside ${target.module}: import what stands at its top`);
}

// What neither this rule nor that for C would look at.
function checkKinds() {
	for (const { name, parentPath } of readdirSync("modules", { recursive: true, withFileTypes: true }).filter(each =>
		each.isFile()
	)) {
		const path = posix.join(parentPath, name);
		const module = path.split("/").slice(0, 2).join("/");
		// Types of what the platform gives.
		const isForAll = path === `modules/${name}` && name.endsWith(".d.ts");
		if (!isForAll && !(module in layers)) problems.push(`${path} is in no module that layers.json names`);
		if (!/(\.[ch]|\.ts|\.json|\.defaults)$/.test(name) || (name.endsWith(".d.ts") && !isForAll))
			problems.push(`${path} is of a kind that no rule looks at`);
	}
}

function checkModule(module) {
	for (const name of filesOf(module, ".ts")) {
		if (name.endsWith(".d.ts")) continue;
		const path = posix.join(module, name);
		const layer = layerOf(module, name.slice(0, -3));
		files++;
		if (layer < 0) problems.push(`${path} stands on no layer: add it to host-tests/lint/layers.json`);
		else for (const specifier of importsOf(path)) checkImport(path, module, layer, specifier);
	}
}

checkKinds();
for (const module of Object.keys(layers)) checkModule(module);

for (const c of [checkC(C), checkDesk(desk)]) {
	problems.push(...c.problems);
	files += c.count;
}

if (problems.length > 0) {
	console.error(problems.join("\n"));
	process.exit(1);
}
console.log(`layers: ${files} files, no import upwards`);

// Fails when an import goes upwards, in TypeScript or in C. layers.json says what there is:
//
// - which other modules a module knows, and which of its files (composers) know more. modules/tls and modules/httpsd don't
//   know each other; the firmware at the top knows all.
// - the rooms of each module, which are its folders (ts-rooms.mjs; c-rooms.mjs for C). What is in a room is its module's own:
//   from outside only the files at its top are imported, and those of its `open` rooms. The module's tests, which are in folders of its name, may import all.
// - which files of tests and tools import by names that are computed. No others do.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { checkC, checkDesk } from "./c-rooms.mjs";
import { hasReference, importsOf, reexportsOf } from "./imports.mjs";
import { chosen, filesIn, filesOutside, resolve, roomOf } from "./specifiers.mjs";
import { checkRooms } from "./ts-rooms.mjs";

const { C, desk, computed, ...modules } = JSON.parse(readFileSync(new URL("layers.json", import.meta.url), "utf8"));
// Types of the sockets that the platform gives, for all.
const shared = "modules/io";
const byComputedName = "imports by a name that is computed: write it as a string";
const problems = [];
let files = 0;

// What stands for a file by another way than the name that it has for all.
function checkWays(path, specifiers) {
	if (hasReference(path)) problems.push(`${path} refers to a file by a comment: import it`);
	for (const specifier of specifiers)
		if (/^(?:\/|file:|[A-Za-z]:[\\/])/.test(specifier ?? ""))
			problems.push(`${path} imports ${specifier} by an absolute path`);
	return specifiers;
}

/** A room that its module names as `open` is part of its face. */
function isClosed({ module, name }) {
	const room = roomOf(name);
	return room !== undefined && !(modules[module]?.open ?? []).includes(room);
}

function checkOutside(path, specifier, target, known) {
	if (!known.some(name => target.module === `modules/${name}`))
		problems.push(`${path} imports ${specifier}, of which it must not know`);
	// There is one for each platform, and the manifest says which: none but its name stands for that.
	else if (target.module === "modules/platform" && !(specifier in chosen))
		problems.push(`${path} imports ${specifier} of one platform: import ${Object.keys(chosen).join(" or ")}`);
	else if (isClosed(target) && target.module !== "modules/platform")
		problems.push(`${path} imports ${specifier}, which is inside ${target.module}: import what stands at its top`);
}

// A module's face says by name what it has of rooms, and passes on types alone: values of a room are the room's.
function checkReexports(module, name) {
	const path = posix.join(module, `${name}.ts`);
	for (const { specifier, isType, isAll } of reexportsOf(path)) {
		const target = resolve(path, specifier);
		if (isAll) problems.push(`${path} exports all of ${specifier}: name what is exported`);
		else if (target?.module === module && roomOf(name) === undefined && roomOf(target.name) !== undefined && !isType)
			problems.push(`${path} exports a value of ${specifier}, which is inside ${module}: only types pass on by name`);
	}
}

// The files of the module that a file imports.
function checkImports(module, name, names) {
	const path = posix.join(module, `${name}.ts`);
	const { knows, composers = {} } = modules[module];
	const inside = new Set();
	for (const specifier of checkWays(path, importsOf(path))) {
		const target = specifier === null ? null : resolve(path, specifier);
		if (target === null) problems.push(`${path} ${byComputedName}`);
		else if (target === undefined || target.module === shared) continue;
		else if (target.module !== module) checkOutside(path, specifier, target, [...knows, ...(composers[name] ?? [])]);
		else if (!names.includes(target.name)) problems.push(`${path} imports ${specifier}, which is not there`);
		else inside.add(target.name);
	}
	return inside;
}

function checkModule(module) {
	const names = filesIn(module, { recursive: module !== "." }).map(name => name.slice(0, -3));
	const imports = new Map(names.map(name => [name, checkImports(module, name, names)]));
	problems.push(...checkRooms(module, imports, modules[module].rooms));
	for (const name of names) checkReexports(module, name);
	files += names.length;
}

// Types of what the platform gives, for all: modules/*.d.ts. They know no module, and stand in the place of none.
function checkDeclarations() {
	for (const name of readdirSync("modules").filter(name => name.endsWith(".d.ts"))) {
		const path = posix.join("modules", name);
		for (const specifier of checkWays(path, importsOf(path)))
			problems.push(`${path} imports or declares ${specifier}: it knows no module`);
	}
}

// What neither this rule nor that for C would look at.
function checkKinds() {
	for (const { name, parentPath } of readdirSync("modules", { recursive: true, withFileTypes: true }).filter(each =>
		each.isFile()
	)) {
		const path = posix.join(parentPath, name);
		const module = path.split("/").slice(0, 2).join("/");
		if (name.endsWith(".json") && path !== `${module}/${name}`)
			problems.push(`${path} is in a room: manifests stand at the top of a module`);
		// Types of what the platform gives.
		const isForAll = path === `modules/${name}` && name.endsWith(".d.ts");
		if (!isForAll && !(module in modules)) problems.push(`${path} is in no module that layers.json names`);
		if (!/(\.[ch]|\.ts|\.json|\.defaults)$/.test(name) || (name.endsWith(".d.ts") && !isForAll))
			problems.push(`${path} is of a kind that no rule looks at`);
	}
}

// The SDK has modules that are called sdk/… too; of ours there is the file.
const isOfModule = target =>
	target?.module.startsWith("modules/") &&
	target.module !== shared &&
	existsSync(`${posix.join(target.module, target.name)}.ts`);
const all = Object.keys(modules).map(module => posix.basename(module));

// Programs and tests import the face; those of a module its rooms too: host-tests/unit/tls, host-tests/programs/tls. They may
// compare platforms.
function checkTest(path) {
	const [, own] = /^host-tests\/(?:unit|programs)\/(\w+)\//.exec(path) ?? [];
	files++;
	for (const specifier of checkWays(path, importsOf(path))) {
		if (specifier === null && !computed.includes(path)) problems.push(`${path} ${byComputedName}`);
		const target = specifier === null ? undefined : resolve(path, specifier);
		if (isOfModule(target) && !["modules/platform", `modules/${own}`].includes(target.module))
			checkOutside(path, specifier, target, all);
	}
}

checkKinds();
checkDeclarations();
for (const module of Object.keys(modules)) checkModule(module);
for (const path of filesOutside()) checkTest(path);

for (const c of [checkC(C), checkDesk(desk)]) {
	problems.push(...c.problems);
	files += c.count;
}

if (problems.length > 0) {
	console.error(problems.join("\n"));
	process.exit(1);
}
console.log(`layers: ${files} files, no import upwards`);

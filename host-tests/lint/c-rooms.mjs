// The layer rule for C.
//
// - layers.json lists the rooms (folders) from the lowest up. A file includes headers of its own room and of lower rows;
//   rooms in one row do not know each other.
// - X.c, X.h and X-private.h are one unit. What X.c defines for others is declared in its headers and nowhere else, so
//   that the includes show every call. No units of a room include each other in a circle.
// - Engine: mbedTLS and no XS. Glue (xs/): XS, no mbedTLS, and of the engine the public headers only. Port: versions and
//   platforms.
// - Base names are unique, for the SDK links by them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, posix } from "node:path";
import { includesOf, linkageOf } from "./c-declarations.mjs";

// As the compiler looks for headers: beside the file, then here.
const roots = ["modules/tls/engine", "modules/identity/engine"];
// mbedTLS includes it, and calls what it declares.
const config = "modules/tls/engine/port/tls-mbedtls-config.h";
const library = /^(?:mbedtls|psa)\//;

const unitOf = path => path.replace(/(?:-private)?\.[ch]$/, "");
const isGlue = path => path.includes("/xs/");
const isPort = path => /^modules\/(?:tls\/engine\/port\/|identity\/engine\/tls-port-)/.test(path);

function resolve(path, name) {
	const folders = [posix.dirname(path), ...roots];
	return folders.map(folder => posix.join(folder, name)).find(existsSync);
}

function readAll() {
	const names = readdirSync("modules", { recursive: true }).filter(name => /\.[ch]$/.test(name));
	const files = new Map();
	for (const path of names.map(name => posix.join("modules", name)).sort()) {
		const text = readFileSync(path, "utf8");
		const includes = includesOf(text).map(name => ({ name, target: name && resolve(path, name) }));
		files.set(path, { text, includes, room: posix.dirname(path), ...linkageOf(text) });
	}
	return files;
}

function* checkIncludes(path, { includes, room }, rows, publicHeaders) {
	const rowOf = folder => rows.findIndex(row => row.includes(folder));
	if (rowOf(room) < 0) yield `${path} stands in no room: add its folder to host-tests/lint/layers.json`;
	for (const { name, target } of includes) {
		if (name === undefined) yield `${path} includes by a macro`;
		if (target === undefined) continue;
		const other = posix.dirname(target);
		if (!target.endsWith(".h")) yield `${path} includes ${name}, which is no header`;
		else if (other !== room && rowOf(other) === rowOf(room)) yield `${path} includes ${name}, which stands beside it`;
		else if (rowOf(other) > rowOf(room)) yield `${path} includes ${name}, which stands above it`;
		else if (isGlue(path) && other !== room && !isGlue(target) && !publicHeaders.includes(target))
			yield `${path} is glue and includes ${name}, which is no public header of the engine`;
	}
}

function* checkKind(path, { text, includes }, files) {
	if (!isGlue(path) && includes.some(({ name }) => /^xs/.test(name))) yield `${path} is engine and includes XS`;
	if (isGlue(path) && reachesLibrary(path, files)) yield `${path} is glue and includes mbedTLS`;
	if (!isPort(path) && /#\s*(if|elif).*(MBEDTLS_VERSION|ESP_PLATFORM|__ets__)/.test(text))
		yield `${path} asks for a version or platform outside of the port`;
}

function reachesLibrary(path, files, seen = new Set()) {
	if (seen.has(path)) return false;
	seen.add(path);
	return (files.get(path)?.includes ?? []).some(({ name, target }) =>
		target ? reachesLibrary(target, files, seen) : library.test(name)
	);
}

// mbedTLS declares what it calls, and XS finds functions by their names.
const isDeclaredOutside = (path, name) => name.startsWith("mbedtls_") || (isGlue(path) && name.startsWith("xs_xstls_"));
const isOurs = name => /^(?:xs_)?xstls_/.test(name);

function* checkSource(path, { defined, declared }, files) {
	const headers = [".h", "-private.h"].map(ending => unitOf(path) + ending);
	for (const name of defined)
		if (!isDeclaredOutside(path, name) && !headers.some(header => files.get(header)?.declared.has(name)))
			yield `${path} defines ${name}, which its header does not declare: declare it there, or make it static`;
	for (const name of declared)
		if (!isPort(path) || isOurs(name)) yield `${path} declares ${name} for itself: include its header`;
}

function* checkHeader(path, { defined, declared }, files) {
	const source = files.get(`${unitOf(path)}.c`);
	for (const name of defined) yield `${path} defines ${name}: headers only declare`;
	for (const name of declared)
		if (path !== config && !source?.defined.has(name))
			yield `${path} declares ${name}, which ${basename(unitOf(path))}.c does not define`;
}

// The units that a unit includes of its own room.
function unitsIn(files) {
	const units = new Map();
	for (const [path, { includes, room }] of files) {
		const unit = unitOf(path);
		const others = includes
			.filter(({ target }) => target && posix.dirname(target) === room)
			.map(({ target }) => unitOf(target))
			.filter(other => other !== unit);
		units.set(unit, new Set([...(units.get(unit) ?? []), ...others]));
	}
	return units;
}

function* checkCircles(files) {
	const units = unitsIn(files);
	const done = new Set();
	function circleFrom(unit, way) {
		if (way.includes(unit)) return [...way.slice(way.indexOf(unit)), unit];
		if (done.has(unit)) return undefined;
		for (const other of units.get(unit) ?? []) {
			const circle = circleFrom(other, [...way, unit]);
			if (circle) return circle;
		}
		done.add(unit);
		return undefined;
	}
	for (const unit of units.keys()) {
		const circle = circleFrom(unit, []);
		if (!circle) continue;
		yield `circle in ${posix.dirname(unit)}: ${circle.map(each => basename(each)).join(" -> ")}`;
		return;
	}
}

function* checkNames(files) {
	const paths = new Map();
	for (const path of files.keys()) {
		const name = basename(path);
		if (paths.has(name)) yield `${path} has the name of ${paths.get(name)}`;
		paths.set(name, path);
	}
}

// Problems as lines, and how many files were read.
export function checkC({ rooms, publicHeaders }) {
	const files = readAll();
	const problems = [];
	for (const [path, file] of files) {
		problems.push(...checkIncludes(path, file, rooms, publicHeaders), ...checkKind(path, file, files));
		problems.push(...(path.endsWith(".c") ? checkSource : checkHeader)(path, file, files));
	}
	problems.push(...checkCircles(files), ...checkNames(files));
	return { problems, count: files.size };
}

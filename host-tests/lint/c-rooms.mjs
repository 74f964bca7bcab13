// The layer rule for C.
//
// - layers.json lists the rooms (folders) from the lowest up. A file includes headers of its own room and of lower rows;
//   rooms in one row do not know each other.
// - publicHeaders lists, for glue and for modules above the engine, what a folder includes of other rooms, and nothing else.
// - X.c, X.h and X-internal.h are one unit. What X.c defines for others is declared in its headers and nowhere else, so
//   that the includes show every call. No units of a room include each other in a circle.
// - Engine: C's own headers, mbedTLS and no XS. Glue (xs/): those and XS, and no mbedTLS. Port: versions and platforms.
// - What others can link to begins with xstls_, whichever platform it is compiled for.
// - Base names are unique, for the SDK links by them.
//
// The desk host (host-tests/desk) has rooms by the same rule. What one of them includes of modules/ layers.json lists.
import { basename, posix } from "node:path";
import { isSurelyOurs, plainText } from "./c-declarations.mjs";
import { headersOf, reach, readFiles, unitOf } from "./c-files.mjs";

// mbedTLS includes it, and calls what it declares.
const config = "modules/tls/engine/port/tls-mbedtls-config.h";
const library = /^(?:mbedtls|psa|tf-psa-crypto|lwip)\//;
const xs = /^xs|(?:^|\/)mc\.xs\.h$/;
// What an #if outside of the port may ask for, beside a header's own guard: what mbedTLS is configured for, and what is ours.
// What is not here may say which platform this is, as the port may define it for one alone.
const questions = /^(?:defined|TLS_FIAT_CURVES|PSA_WANT_\w+|MBEDTLS_HAVE_INT64|\d\w*)$/;
// What ## makes is not read: outside of the port it makes names of suites and of kinds of input alone.
const pastes = /##(?<!\bMBEDTLS_##(?=suite\b)|\bTLS_INPUT_##(?=name\b))|%:%:|\?\?=/;
const guardOf = path => basename(path).toUpperCase().replace(/\W/g, "_");
const conditions = /^[ \t]*(?:#|%:|\?\?=)[ \t]*(?:el)?if\w*\b([^\n]*)/gm;
// What says anywhere which mbedTLS, which platform, processor or compiler this is. Of the compiler's own words only a few.
const platforms = [
	"(?:(?:MBEDTLS|TF_PSA_CRYPTO|PSA_CRYPTO_API)_)?VERSION_(?:NUMBER|MAJOR|MINOR|PATCH|STRING)\\w*",
	"(?:MBEDTLS|TF_PSA_CRYPTO|PSA_CRYPTO_API)_VERSION\\w*|asm",
	"(?:ESP_PLATFORM|ESP_IDF|ESP32|ESP8266|CONFIG_IDF|IDF_VER)\\w*",
	"mx(?:Linux|MacOSX|Windows)\\w*|linux|unix|i386|_M_\\w+|_MSC_VER",
	"U?INTPTR_MAX|(?:LITTLE|BIG)_ENDIAN|BYTE_ORDER",
	"(?!__(?:attribute|func|VA_ARGS|cplusplus|extension)__\\b|__cplusplus\\b)__\\w+"
];
const platformMacros = new RegExp(`\\b(?:${platforms.join("|")})\\b`);
const standard = /^(?:assert|ctype|errno|inttypes|limits|std(?:arg|bool|def|int|io|lib)|string|time)\.h$/;
const others = {
	engine: /^(?:mbedtls|psa)\/(?!version)\w+\.h$/,
	glue: /^(?:xs|xsmc|xsAll|mc\.xs)\.h$/
};
// modules/tcp is for one network and one host.
const othersOnLwip = {
	engine: /^lwip\/(?:tcp|udp|igmp|priv\/tcp_priv|priv\/tcpip_priv)\.h$/,
	glue: /^(?:xs|xsmc|mc\.xs|xsHost|builtinCommon)\.h$/
};

const isGlue = path => /^modules\/\w+\/xs\//.test(path);
const isPort = path =>
	/^modules\/(?:tls\/engine\/port\/|identity\/engine\/tls-port-|httpsd\/xs\/http-port-)/.test(path);

function* checkIncludes(path, { includes, room }, { rooms: rows, publicHeaders, modules }) {
	const rowOf = folder => rows.findIndex(row => row.includes(folder));
	if (rowOf(room) < 0) yield `${path} stands in no room: add its folder to host-tests/lint/layers.json`;
	const mayInclude = publicHeaders?.[room] ?? (isGlue(path) ? [] : undefined);
	for (const { name, way, target } of includes) {
		if (way) yield `${path} includes by ${way}: write #include with the name of the header`;
		if (target === undefined) continue;
		const other = posix.dirname(target);
		if (!target.endsWith(".h")) yield `${path} includes ${name}, which is no header`;
		else if (rowOf(other) < 0 && modules && !modules[room]?.includes(target))
			yield `${path} includes ${name}, which layers.json does not list as known to ${room}`;
		else if (other !== room && rowOf(other) === rowOf(room)) yield `${path} includes ${name}, which stands beside it`;
		else if (rowOf(other) > rowOf(room)) yield `${path} includes ${name}, which stands above it`;
		else if (mayInclude && other !== room && !mayInclude.includes(target))
			yield `${path} includes ${name}, which layers.json does not list as public to ${room}`;
	}
}

// What of the platform a file asks for or includes; undefined when there is nothing of it.
function platformIn(path, { text, includes }, others) {
	const plain = plainText(text);
	const asked = [...plain.matchAll(conditions)].flatMap(([, condition]) => condition.match(/\w+/g) ?? []);
	const stranger = includes.find(
		({ name, target }) => name && target === undefined && !standard.test(name) && !others.test(name)
	);
	const asks = asked.find(name => !questions.test(name) && name !== guardOf(path));
	return platformMacros.exec(plain)?.[0] ?? asks ?? pastes.exec(plain)?.[0] ?? stranger?.name;
}

function* checkKind(path, file, files) {
	if (!isGlue(path) && file.includes.some(({ name }) => xs.test(name))) yield `${path} is engine and includes XS`;
	if (isGlue(path) && reachesLibrary(path, files)) yield `${path} is glue and includes mbedTLS`;
	if (isPort(path)) return;
	const known = path.startsWith("modules/tcp/") ? othersOnLwip : others;
	const macro = platformIn(path, file, isGlue(path) ? known.glue : known.engine);
	if (macro) yield `${path} asks for a version or platform outside of the port: ${macro}`;
}

function reachesLibrary(path, files) {
	return [...reach(path, files)].some(each => files.get(each)?.includes.some(({ name }) => library.test(name)));
}

// mbedTLS declares what it calls, and XS finds functions by their names.
const isDeclaredOutside = (path, name) => name.startsWith("mbedtls_") || (isGlue(path) && name.startsWith("xs_xstls_"));
// mbedTLS's own, as the configuration names it.
const isOfLibrary = (path, name) => isPort(path) && name.startsWith("xstls_library_");
const isOurs = name => /^(?:xs_)?xstls_/.test(name);

function* checkSource(path, { defined, declared }, files) {
	const headers = headersOf(path);
	for (const name of defined)
		if (!isSurelyOurs(name)) yield `${path} defines ${name}, which does not begin with xstls_ or xs_xstls_`;
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
		if (path !== config && !isOfLibrary(path, name) && !source?.defined.has(name))
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
export function checkC(tree) {
	const files = readFiles("modules", tree.roots);
	const problems = [];
	for (const [path, file] of files) {
		problems.push(...checkIncludes(path, file, tree), ...checkKind(path, file, files));
		problems.push(...(path.endsWith(".c") ? checkSource : checkHeader)(path, file, files));
	}
	problems.push(...checkCircles(files), ...checkNames(files));
	return { problems, count: files.size };
}

// The desk host: rooms and circles alone, for what a header declares may be defined by a variant of the desk.
export function checkDesk(tree) {
	const files = readFiles("host-tests/desk", tree.roots);
	const problems = [...files].flatMap(([path, file]) => [...checkIncludes(path, file, tree)]);
	return { problems: [...problems, ...checkCircles(files), ...checkNames(files)], count: files.size };
}

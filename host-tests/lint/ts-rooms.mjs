// The rule for the files of one module in TypeScript.
//
// - layers.json lists the rooms (folders) of the module from the lowest up. What a room imports, itself or by way of files
//   at the module's top (its face), stands in lower rows; rooms in one row do not know each other.
// - No files import each other in a circle. So a file of the face stands above what it imports.
import { roomOf } from "./specifiers.mjs";

// The shortest way from a file to itself; undefined when there is none. `imports` is a Map of name to names.
function circleAt(start, imports) {
	const ways = [[start]];
	const seen = new Set();
	for (const way of ways)
		for (const next of imports.get(way.at(-1)) ?? []) {
			if (next === start) return [...way, next];
			if (seen.has(next)) continue;
			seen.add(next);
			ways.push([...way, next]);
		}
	return undefined;
}

function* checkCircles(module, imports) {
	const circles = [...imports.keys()].map(name => circleAt(name, imports)).filter(circle => circle !== undefined);
	if (circles.length === 0) return;
	const [shortest] = circles.sort((one, other) => one.length - other.length);
	yield `circle in ${module}: ${shortest.join(" -> ")}`;
}

// The ways from a file of a room to the first file of another room: through files of the face only.
function* waysOut(start, imports) {
	const ways = [[start]];
	const seen = new Set();
	for (const way of ways)
		for (const next of imports.get(way.at(-1)) ?? []) {
			if (seen.has(next) || roomOf(next) === roomOf(start)) continue;
			seen.add(next);
			if (roomOf(next) === undefined) ways.push([...way, next]);
			else yield [...way, next];
		}
}

function* checkArrows(module, imports, rows) {
	const rowOf = room => rows.findIndex(row => row.includes(room));
	const told = new Set();
	for (const name of imports.keys()) {
		const room = roomOf(name);
		if (room === undefined) continue;
		if (rowOf(room) < 0) yield `${module}/${name}.ts stands in no room: add its folder to host-tests/lint/layers.json`;
		for (const way of waysOut(name, imports)) {
			const other = roomOf(way.at(-1));
			const arrow = `${room} -> ${other}`;
			if (rowOf(other) < rowOf(room) || rowOf(other) < 0 || told.has(arrow)) continue;
			told.add(arrow);
			const where = rowOf(other) === rowOf(room) ? "beside" : "above";
			yield `${module}: room ${other} stands ${where} room ${room}: ${way.join(" -> ")}`;
		}
	}
}

/** Problems as lines. `imports` is a Map of each file of the module to those that it imports. */
export function checkRooms(module, imports, rows) {
	const circles = [...checkCircles(module, imports)];
	// With a circle each room of it seems to stand above each other.
	return circles.length > 0 ? circles : [...checkArrows(module, imports, rows)];
}

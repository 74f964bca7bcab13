// What a linked firmware's TypeScript takes of flash: by module and by part, as lines of a table.
import { ownersOf } from "./owners.mjs";

const kinds = { CODE_X: "functions", CLOSURE: "captured" };

const empty = () => ({ total: 0, slots: 0, code: 0, strings: 0, functions: 0, captured: 0 });

function add(row, slot, slotBytes) {
	row.slots += slotBytes;
	row.code += slot.code;
	row.strings += slot.strings;
	row.total += slotBytes + slot.code + slot.strings;
	const counted = kinds[slot.kind];
	if (counted !== undefined) row[counted]++;
}

/** What each module has of slots, byte code and strings; functions and captured variables are counted. The largest first. */
export function modulesOf(linked) {
	const owners = ownersOf(linked);
	const rows = new Map();
	const rowOf = name => rows.get(name) ?? rows.set(name, empty()).get(name);
	linked.slots.forEach((slot, index) => {
		if (slot.kind !== "KEY_X") add(rowOf(owners[index] ?? "nobody's"), slot, linked.slotBytes);
	});
	for (const { name, code } of linked.archived) add(rowOf(name), { kind: "", code, strings: 0 }, 0);
	return [...rows].sort(([, a], [, b]) => b.total - a.total);
}

/** The same by the first part of a module's name, such as `tls`. */
export function foldersOf(modules) {
	const folders = new Map();
	for (const [name, row] of modules) {
		const folder = name.includes("/") ? name.slice(0, name.indexOf("/")) : name;
		const all = folders.get(folder) ?? folders.set(folder, empty()).get(folder);
		for (const key of Object.keys(row)) all[key] += row[key];
	}
	return [...folders].sort(([, a], [, b]) => b.total - a.total);
}

/** Bytes by what they are. */
export function partsOf(linked) {
	const { names, tables, slotBytes } = linked;
	const all = empty();
	for (const slot of linked.slots) if (slot.kind !== "KEY_X") add(all, slot, slotBytes);
	return {
		slots: all.slots,
		"byte code": all.code,
		strings: all.strings,
		[`names (${names.count})`]: names.bytes,
		"modules' names and records": tables.modules,
		"functions of C": tables.natives,
		"stack and maps": tables.stack,
		"not preloaded": linked.archived.reduce((bytes, { code }) => bytes + code, 0)
	};
}

export const totalOf = linked => Object.values(partsOf(linked)).reduce((total, bytes) => total + bytes, 0);

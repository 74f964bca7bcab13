// Reads mc.xs.c, what the SDK's linker makes of all modules of a firmware: the slots of what was preloaded, names, byte code
// and tables, in the bytes that they have in the flash of a device with words of 32 bits.

/** Bytes of a slot, a pointer, an id, a script's record, and what tells XS of a function of C. */
const SLOT = 16;
const POINTER = 4;
const ID = 2;
const SCRIPT = 36;
const BUILDER = 12;

const literal = /"((?:[^"\\]|\\.|"")*)"/g;

/** Bytes of a literal of C with its NUL. The linker writes `""` behind each byte that it escapes, so that no digit joins it. */
const bytesOf = text => (text.replaceAll('""', "").match(/\\x[0-9a-f]{2}|\\.|[^\\]/gs) ?? []).length + 1;

const sum = numbers => numbers.reduce((total, number) => total + number, 0);
const slotsIn = text => [...text.matchAll(/&gxHeap\[(\d+)\]/g)].map(([, index]) => Number(index));

/** The slots in the array of an ARRAY_KIND, which follow each other behind the header of a chunk. */
function itemsOf(kind, bare) {
	const found = kind === "ARRAY" ? /\.array = \{ \(txSlot\*\)&gxHeap\[(\d+)\], (\d+)/.exec(bare) : null;
	return found === null ? [] : Array.from({ length: Number(found[2]) + 1 }, (_, at) => Number(found[1]) - 1 + at);
}

/** A slot: its kind, the name of its property, the slots that it refers to, and the bytes of the literals that are its own. */
function readSlot(line) {
	const bare = line.replace(literal, "");
	const literals = [...line.matchAll(literal)].map(([, text]) => text);
	const kind = /\.kind = XS_(\w+)_KIND/.exec(bare)?.[1] ?? "REFERENCE";
	const id = /\.ID = (?:xsID_([\w$]+)|-?\d+ \/\* (.*?) \*\/)/.exec(line);
	const next = /^\/\* \d+ \*\/\t\{ \(txSlot\*\)&gxHeap\[(\d+)\]/.exec(line)?.[1];
	const bytes = sum(literals.map(bytesOf));
	const isData = line.includes('(txByte*)"');
	return {
		kind,
		property: id?.[1] ?? id?.[2],
		next: next === undefined ? undefined : Number(next),
		refers: [...slotsIn(bare), ...itemsOf(kind, bare)],
		code: isData ? bytes : 0,
		strings: isData ? 0 : bytes
	};
}

/** The lines of a table. */
function table(lines, name) {
	const first = lines.findIndex(line => line.includes(` ${name}[`) && line.endsWith("= {"));
	if (first < 0) return [];
	return lines.slice(first + 1, lines.indexOf("};", first));
}

function readScripts(lines) {
	return table(lines, "gxScripts").map(line => ({
		name: line.match(literal)?.[0].slice(1, -1) ?? "",
		code: Number(/gxCode\d+, (\d+)/.exec(line)?.[1] ?? 0)
	}));
}

/** What is in mc.xs.c. `archived` are modules that are not preloaded: their byte code is there, and what they make goes to RAM. */
export function readLinked(source) {
	const lines = source.split("\n").map(line => (line === "" || line.startsWith("};") ? line.slice(0, 2) : line));
	const count = name => Number(new RegExp(`#define mx${name} (\\d+)`).exec(source)?.[1] ?? 0);
	const slots = table(lines, "gxHeap").map(readSlot);
	const scripts = readScripts(lines);
	const names = slots.filter(({ kind }) => kind === "KEY_X");
	const builders = lines.filter(line => /^\t\{ (?:\(xsCallback\))?[A-Za-z_]\w*, -?\d+, .* \},$/.test(line)).length;
	const colors = lines.some(line => line.includes(" gxColors[") && line.endsWith("= {")) ? ID : 0;
	return {
		slots,
		slotBytes: SLOT,
		roots: table(lines, "gxStack").flatMap(slotsIn),
		aliases: count("AliasCount"),
		names: {
			count: names.length,
			bytes:
				names.length * SLOT +
				sum(names.map(({ strings }) => strings)) +
				count("KeysCount") * (POINTER + colors) +
				(count("NamesCount") + count("SymbolsCount")) * POINTER
		},
		archived: scripts.filter(({ code }) => code > 0),
		tables: {
			modules: sum(scripts.map(({ name }) => SCRIPT + bytesOf(name))),
			natives: builders * BUILDER,
			stack: count("StackCount") * SLOT + count("SlotCount") * POINTER
		}
	};
}

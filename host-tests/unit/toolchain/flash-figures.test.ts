// What `make flash-figures` reads of mc.xs.c: on a few lines of what the SDK's linker writes.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const figures = join(__dirname, "../../flash");

/** Lines of slots: what refers to what, by index. */
const slot = (index: number, next: number | null, id: string, kind: string, value: string) =>
	`/* ${String(index).padStart(4, "0")} */\t{ ${next === null ? "NULL" : to(next)}, {.ID = ${id}, .flag = 0x80, .kind = XS_${kind}_KIND}, .value = { ${value} } },`;
const to = (index: number) => `(txSlot*)&gxHeap[${index}]`;

// A table of modules (0, 1) that names the modules a/one (2, 3) and b (4, 5). a/one exports a variable (7) by the slot 6: a
// function (8 to 10), which keeps an environment (11, 12) with a variable that b exports (14) by the slot 13: an array (15 to 19).
const heap = [
	slot(0, 1, "XS_NO_ID", "INSTANCE", `.instance = { NULL, NULL }`),
	slot(1, 20, "77 /* a/one */", "REFERENCE", `.reference = ${to(2)}`),
	slot(2, 3, "XS_NO_ID", "INSTANCE", `.instance = { NULL, NULL }`),
	slot(3, 6, "0", "MODULE", `.module = { NULL, 77 }`),
	slot(4, 5, "XS_NO_ID", "INSTANCE", `.instance = { NULL, NULL }`),
	slot(5, 13, "0", "MODULE", `.module = { NULL, 78 }`),
	slot(6, null, "xsID_f", "EXPORT", `.export = { ${to(7)}, ${to(2)} }`),
	slot(7, null, "XS_NO_ID", "REFERENCE", `.reference = ${to(8)}`),
	slot(8, 9, "XS_NO_ID", "INSTANCE", `.instance = { NULL, NULL }`),
	slot(9, 10, "xsID_f", "CODE_X", `.code = { (txByte*)"\\x01\\x22\\x5c", ${to(11)} }`),
	slot(10, null, "0", "HOME", `.home = { NULL, ${to(2)} }`),
	slot(11, 12, "XS_NO_ID", "INSTANCE", `.instance = { NULL, NULL }`),
	slot(12, null, "xsID_list", "CLOSURE", `.closure = ${to(14)}`),
	slot(13, null, "xsID_list", "EXPORT", `.export = { ${to(14)}, ${to(4)} }`),
	slot(14, null, "XS_NO_ID", "REFERENCE", `.reference = ${to(15)}`),
	slot(15, 16, "XS_NO_ID", "INSTANCE", `.instance = { NULL, NULL }`),
	slot(16, null, "0", "ARRAY", `.array = { ${to(18)}, 1 }`),
	slot(17, null, "XS_NO_ID", "INTEGER", `.integer = 1 * sizeof(txSlot)`),
	slot(18, null, "XS_NO_ID", "STRING_X", `.string = "a\\"b, \\xc3""\\xa9""{"`),
	slot(19, null, "XS_NO_ID", "KEY_X", `.key = { "list", 0x1 }`),
	slot(20, null, "xsID_b", "REFERENCE", `.reference = ${to(4)}`)
];

const source = `#define mxAliasCount 3
#define mxKeysCount 1
#define mxStackCount 1
static const txSlot gxHeap[mxHeapCount];
	{ fx_Array, 1, xsID_Array },
static const txScript gxScripts[mxScriptsCount] = {
	{ NULL, NULL, 0, NULL, 0, NULL, 0, "a/one", { XS_MAJOR_VERSION } },
	{ NULL, NULL, 0, (txS1*)gxCode1, 40, NULL, 0, "main", { XS_MAJOR_VERSION } }
};

static const txSlot gxHeap[mxHeapCount] = {
${heap.join("\n")}
};

static const txSlot gxStack[mxStackCount] = {
	{ NULL, {.ID = XS_NO_ID, .flag = 0x0, .kind = XS_REFERENCE_KIND}, .value = { .reference = ${to(0)} } }
};
`;

type Row = Record<"total" | "slots" | "code" | "strings" | "functions" | "captured", number>;

interface Figures {
	readonly modules: Record<"XS" | "a/one" | "b" | "main", Row>;
	readonly folders: Record<"a", Row>;
	readonly parts: Record<string, number>;
	readonly total: number;
	readonly aliases: number;
}

function read(): Figures {
	const folder = mkdtempSync(join(tmpdir(), "flash-figures-"));
	writeFileSync(join(folder, "mc.xs.c"), source);
	const script = `import { readFileSync } from "node:fs";
		import { readLinked } from "${figures}/linked.mjs";
		import { foldersOf, modulesOf, partsOf, totalOf } from "${figures}/figures.mjs";
		const linked = readLinked(readFileSync("${folder}/mc.xs.c", "utf8"));
		const modules = modulesOf(linked);
		console.log(JSON.stringify({ modules: Object.fromEntries(modules), folders: Object.fromEntries(foldersOf(modules)),
			parts: partsOf(linked), total: totalOf(linked), aliases: linked.aliases }));`;
	const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
	rmSync(folder, { recursive: true });
	return JSON.parse(output);
}

const { modules, folders, parts, total, aliases } = read();

test("a function and what it keeps are its module's, a variable that it imports the exporter's", () => {
	expect(modules["a/one"]).toEqual({ total: 148, slots: 144, code: 4, strings: 0, functions: 1, captured: 1 });
	expect(modules.b).toMatchObject({ slots: 8 * 16, code: 0, captured: 0 });
	expect(modules.XS.slots).toBe(3 * 16);
	expect(folders.a.total).toBe(148);
});

test("text counts as the compiler stores it: escapes are one byte, and a NUL ends it", () => {
	expect(modules.b.strings).toBe(9);
});

test("a module that is not preloaded has byte code alone", () => {
	expect(modules.main).toEqual({ total: 40, slots: 0, code: 40, strings: 0, functions: 0, captured: 0 });
});

test("parts add up to the whole", () => {
	expect(parts).toEqual({
		slots: 320,
		"byte code": 4,
		strings: 9,
		"names (1)": 16 + 5 + 4,
		"modules' names and records": 2 * 36 + 6 + 5,
		"functions of C": 12,
		"stack and maps": 16,
		"not preloaded": 40
	});
	expect(total).toBe(509);
	expect(aliases).toBe(3);
});

test("C that was not compiled is named before anything is linked, with what compiles it", () => {
	const folder = mkdtempSync(join(tmpdir(), "flash-figures-"));
	mkdirSync(join(folder, "modules/tls/engine"), { recursive: true });
	mkdirSync(join(folder, "modules/identity"));
	writeFileSync(join(folder, "modules/tls/engine/tls-new.c"), "");
	const { status, stdout, stderr } = spawnSync(process.execPath, [join(figures, "main.mjs")], {
		cwd: folder,
		encoding: "utf8"
	});
	expect({ status, stdout, stderr }).toEqual({
		status: 1,
		stdout: "",
		stderr: "There is no build/cross/tls-new.o: make cross-compile\n"
	});
});

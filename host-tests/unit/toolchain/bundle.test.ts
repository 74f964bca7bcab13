import { expect, test } from "@jest/globals";
import { bundled } from "./bundled";

/** What one module becomes, when another imports it. */
const made = (source: string) => bundled([["a/face", source]], ["a/face"]).get("a/face") ?? "";

test("a function of C is not put into the only one that calls it, where XS would not know it for one", () => {
	const code = made(
		'function size(value) { return native("xs_size").call(this, value); }\nexport const more = value => size(value) + 1;'
	);
	expect(code).toMatch(/^function size\((\w+)\) \{\s+return native\("xs_size"\)\.call\(this, \1\);\s+\}$/m);
});

test("what is constant stays so, for a variable of a module takes RAM", () => {
	const code = made("const table = Object.freeze([1, 2, 3]);\nexport const at = index => table[index];");
	expect(code).toMatch(/^const table/m);
	expect(code).not.toMatch(/^(?:let|var) /m);
});

test("what nothing uses is left out, and all else stays where it is", () => {
	const sources = [
		["a/limits", "export const most = 64;\nexport const least = 3;"],
		[
			"a/parts",
			'import { most } from "./limits";\nexport const one = text => text.length > most;\nexport const other = () => 1;'
		],
		["a/face", 'import { one } from "a/parts";\nexport default class Face { has(text) { return one(text); } }']
	] as const;
	const all = bundled(sources, ["a/face"]);
	expect([...all.keys()]).toEqual(["a/face"]);
	expect(all.get("a/face")).toMatch(/const one = \(?(\w+)\)?\s*=>\s*\1\.length > most/);
	expect(all.get("a/face")).not.toMatch(/other|least|import /);
});

test("classes keep their names, and their private names are short and the same in all of them", () => {
	const code = made(`export class Session {
		#state = 0;
		#owner = { close() {} };
		get #phase() { return this.#state; }
		set #phase(value) { this.#state = value; }
		close() { this.#phase = 2; this.#owner.close(); return #state in this ? this.#phase : 0; }
	}
	export class Wire extends Session {
		#first = 1;
		read() {
			const outer = this;
			return class Reader { #second = 2; sum() { return this.#second + outer.#first; } };
		}
	}`);
	expect(code).toContain("class Session");
	expect(code).toContain("class Wire extends");
	const names = new Set([...code.matchAll(/#(\w+)/g)].map(([, name]) => name));
	expect([...names].sort()).toEqual(["a", "b", "c"]);
	expect(code).toMatch(/class Reader \{\s+#b = 2;\s+sum\(\) \{\s+return this\.#b \+ \w+\.#a;/);
});

test("several modules that others import share one, by the names that all have", () => {
	const sources = [
		["tls/error", "export class TLSError extends Error {}"],
		[
			"tls/socket",
			'import { TLSError } from "tls/error";\nimport Timer from "timer";\nexport default class Socket { fail() { Timer.set(() => { throw new TLSError("TLS"); }); } }'
		],
		["tls/types", "export {};"]
	] as const;
	const all = bundled(sources, ["tls/error", "tls/socket", "tls/types"]);
	expect([...all.keys()].sort()).toEqual(
		["bundle/modules", "tls/error", "tls/socket", "tls/types"].filter(name => all.has(name))
	);
	const imported = [...all.values()].flatMap(code =>
		[...code.matchAll(/from "([^"]+)"/g)].map(([, specifier]) => specifier)
	);
	expect(imported.filter(specifier => specifier !== "timer" && !all.has(specifier ?? ""))).toEqual([]);
	for (const face of ["tls/error", "tls/socket"]) expect(all.has(face)).toBe(true);
});

test("an import of what is not exported ends the build", () => {
	const sources = [
		["a/limits", "export const most = 64;"],
		["a/face", 'import { least } from "a/limits";\nexport default () => least;']
	] as const;
	expect(() => bundled(sources, ["a/face"])).toThrow('"least" is not exported by "a/limits"');
});

test("a function that is called once is not made anew at each call", () => {
	const code = made(
		"const sum = list => { let all = 0; for (const each of list) all += each; return all; };\nexport const f = list => sum(list.slice(1));"
	);
	expect(code).toMatch(/^const sum = /m);
	expect(code).toMatch(/\bsum\(\w+\.slice\(1\)\)/);
});

// Numbers of features, such as B6, stand in comments and in titles of tests; docs/features.md says what they are.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "../..");

/** The text of all files below these folders with one of these endings. */
function textOf(folders: readonly string[], ending: RegExp): string {
	const names = folders.flatMap(folder =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map(name => `${folder}/${name}`)
	);
	return names
		.filter(name => ending.test(name))
		.map(name => readFileSync(join(root, name), "utf8"))
		.join("\n");
}

/** The numbers that docs/features.md lists. */
function documented(): string[] {
	const rows = readFileSync(join(root, "docs/features.md"), "utf8").match(/^\| [A-EZ]\d.*? \|/gm) ?? [];
	return rows.flatMap(row => row.match(/[A-EZ]\d+/g) ?? []);
}

test("each number that docs/features.md lists begins the title of a test", () => {
	const titles = textOf(["host-tests"], /\.test\.ts$|\/test-[\w-]+\.c$/).match(/(?<=["`])(?:[A-EZ]\d+ )+/g) ?? [];
	const proven = new Set(titles.flatMap(title => title.trim().split(" ")));
	expect(documented().length).toBeGreaterThan(50);
	expect(documented().filter(number => !proven.has(number))).toEqual([]);
});

test("docs/features.md lists each number that code, documents and tests name", () => {
	const known = new Set(documented());
	const comments = textOf(["modules", "docs", "host-tests"], /\.(ts|c|h|md)$/).match(/\(rows? [^)]+\)/g) ?? [];
	const titles = textOf(["host-tests"], /\.test\.ts$/).match(/(?<=(?:test|describe)\(["`])[A-EZ]\d+(?= )/g) ?? [];
	const named = new Set([...comments.flatMap(comment => comment.match(/\b[A-EZ]\d+\b/g) ?? []), ...titles]);
	expect(named.size).toBeGreaterThan(30);
	expect([...named].filter(number => !known.has(number))).toEqual([]);
});

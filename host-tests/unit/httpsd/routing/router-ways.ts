// The router's ways without the tree beside the tree. The same pattern with a letter of it escaped stands at the same place of the
// tree, and is never found without.

import HttpError from "httpsd/http-error";
import TreeRouter from "httpsd/routing/router";

let state = 17;
function random(below: number): number {
	state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
	return Math.floor((state / 2 ** 32) * below);
}
const pick = (list: readonly string[]): string => list[random(list.length)] as string;

const literals = ["a", "b", "a.b", "%61", "a%2Fb", ""];
const asked = [
	...literals,
	"a",
	"b",
	".",
	"..",
	"%2e",
	"\\",
	"a\\b",
	"%",
	"%00",
	"\0",
	"é",
	"a b",
	"...",
	".a",
	"%5c.."
];

function randomPattern(): string {
	const segments = Array.from({ length: random(3) }, () => (random(4) > 0 ? pick(literals) : `:p${random(9)}`));
	const last = [`:x`, "*", pick(literals)][random(3)] as string;
	return `/${[...segments, last].join("/")}`;
}

const isTaken = (pattern: string) => new Set(pattern.match(/:p\d/g)).size < (pattern.match(/:p\d/g)?.length ?? 0);

/** In the tree alone. A literal that is empty has no letter to escape. */
const escapedPattern = (pattern: string) => pattern.replace(/(?<=\/)[ab]/g, letter => (letter === "a" ? "%61" : "%62"));

function outcome(router: TreeRouter<string>, method: string, path: string): string {
	try {
		return JSON.stringify(router.match(method, path));
	} catch (error) {
		return error instanceof HttpError ? `${error.status} ${error.code}` : String(error);
	}
}

/** @returns what differs, and how often something was found. */
export function compareWays(times: number): { differences: string[]; found: number } {
	const differences: string[] = [];
	let found = 0;
	for (let time = 0; time < times; time++) {
		const patterns = Array.from({ length: 1 + random(5) }, randomPattern).filter(pattern => !isTaken(pattern));
		const quick = new TreeRouter<string>();
		const tree = new TreeRouter<string>();
		for (const pattern of patterns) {
			const method = pick(["GET", "GET", "POST", "*"]);
			const undo = [quick.add(method, pattern, pattern), tree.add(method, escapedPattern(pattern), pattern)];
			if (random(5) === 0) for (const each of undo) each();
		}
		for (let request = 0; request < 8; request++) {
			const path = `/${Array.from({ length: 1 + random(3) }, () => pick(asked)).join("/")}`;
			const method = pick(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS"]);
			const [a, b] = [outcome(quick, method, path), outcome(tree, method, path)];
			if (a.includes("value")) found++;
			if (a !== b) differences.push(`${patterns.join(" ")}: ${method} ${JSON.stringify(path)}: ${a}, in the tree ${b}`);
		}
	}
	return { differences, found };
}

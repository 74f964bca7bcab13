// modules/without: manifests that leave parts out of a firmware. What is left must link, and nothing be left that only the part
// needs: mcconfig links all that manifests name, whether it is imported or not.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import {
	demoModules,
	demoWithout,
	importsOf,
	leftOut,
	linkedModules,
	manifestsWithout,
	reachedFrom
} from "./linked-modules";

const single = manifestsWithout.filter(name => name !== "all");
const isOurs = (specifier: string) => /^(?:text|tls|httpsd|identity|platform)\//.test(specifier);
const isFace = (specifier: string) => specifier.split("/").length === 2;

/** Imports of what is not linked. */
const missing = (linked: ReadonlyMap<string, string>): string[] =>
	[...linked].flatMap(([specifier, file]) =>
		importsOf(specifier, file)
			.filter(to => isOurs(to) && !linked.has(to))
			.map(to => `${specifier} imports ${to}`)
	);

describe.each(manifestsWithout)("modules/without/%s.json", name => {
	test("all that is left finds what it imports", () => {
		expect(missing(linkedModules([name]))).toEqual([]);
	});
});

test("all.json leaves out each part that has a manifest of its own", () => {
	expect(missing(linkedModules(single))).toEqual([]);
	expect(leftOut("all")).toEqual(expect.arrayContaining(single.flatMap(leftOut)));
});

test.each(single)("%s.json leaves nothing that only this part needs", name => {
	const linked = linkedModules([name]);
	const reached = reachedFrom([...linked.keys()].filter(isFace), linked);
	const rooms = [...linkedModules([])].filter(([specifier]) => !isFace(specifier));
	const needed = reachedFrom([...linkedModules([]).keys()].filter(isFace), linkedModules([]));
	const useless = rooms.filter(
		([specifier]) => needed.has(specifier) && linked.has(specifier) && !reached.has(specifier)
	);
	expect(useless.map(([, file]) => file)).toEqual([]);
});

test("all.json leaves what a server over TLS imports, and nothing else: what is new there goes into its ~", () => {
	const linked = linkedModules(["all"]);
	// The module of identities is there too, and no part of a server.
	const identity = [...linked.keys()].filter(specifier => specifier.startsWith("identity/"));
	const reached = reachedFrom(["httpsd/https-server", ...identity], linked);
	expect([...linked.keys()].filter(specifier => !reached.has(specifier))).toEqual([]);
});

test.each(["esp32", "esp"] as const)(
	"the demo finds what it imports on %s, and leaves out what it does not",
	platform => {
		const without = demoWithout(platform);
		const linked = new Map([...linkedModules(without), ...demoModules]);
		expect(missing(linked)).toEqual([]);
		const needed = reachedFrom(["main"], new Map([...linkedModules([]), ...demoModules]));
		const faces = single.filter(name => !without.includes(name)).map(name => leftOut(name).filter(isFace));
		expect(faces.filter(names => !names.some(name => needed.has(name)))).toEqual([]);
	}
);

test("no file has the name of a manifest beside it: mcconfig would take both for what a name without an ending stands for", () => {
	const files = readdirSync(join(__dirname, "../../../modules/without")).map(name => name.replace(/\.\w+$/, ""));
	expect(files.filter((name, at) => files.indexOf(name) !== at)).toEqual([]);
});

test("docs/device.md has a row for each", () => {
	const page = readFileSync(join(__dirname, "../../../docs/device.md"), "utf8");
	const rows = [...page.matchAll(/^\| `([a-z-]+)\.json` \|/gm)].map(([, name]) => name);
	expect(rows.sort()).toEqual([...manifestsWithout].sort());
});

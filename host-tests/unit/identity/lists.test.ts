// Lists that exist twice, in C and in TypeScript, or as data and as what was generated from it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { entryRole, entryType } from "identity/storage/slot";
import { inputKinds } from "identity/x509/form";
import { knownSamples } from "identity/x509/known-samples";
import { pemLabel } from "identity/x509/native";
import { AUTHORITY, ENTRY, ROLE } from "../../../certs/lib/images/flash";

const root = join(__dirname, "../../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

test("A6 the server's list of published keys is that of certs (make it: node host-tests/lint/known-samples.mjs)", () => {
	const { keys } = JSON.parse(read("certs/known-samples.json")) as { keys: { spki: string; what: string }[] };
	expect(knownSamples).toEqual(keys.map(({ spki, what }) => `${spki} ${what}`));
	const rows = [...read("modules/tls/engine/x509/tls-known-samples.h").matchAll(/^\t\{(.*)\},$/gm)];
	expect(rows.map(([, row]) => row?.replace(/0x|,/g, ""))).toEqual(keys.map(({ spki }) => spki));
});

test("kinds of input have the same numbers in C", () => {
	const [, list] = /#define TLS_INPUTS\(X\)([\s\S]*?)\n\n/.exec(
		read("modules/identity/engine/tls-input.h")
	) as RegExpExecArray;
	expect([...(list as string).matchAll(/X\((\w+)\)/g)].map(match => match[1])).toEqual(inputKinds);
});

test("PEM labels have the same numbers in C", () => {
	const names = [...read("modules/identity/engine/tls-pem.h").matchAll(/TLS_PEM_(\w+) = (\d)/g)];
	expect(Object.fromEntries(names.map(([, name, number]) => [name?.toLowerCase(), Number(number)]))).toEqual(pemLabel);
});

test("E2 entries of a flash image have the numbers of certs", () => {
	expect(entryType).toEqual(ENTRY);
	expect(entryRole).toEqual({ ...ROLE, authority: AUTHORITY });
});

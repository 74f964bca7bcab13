import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import TLSError, { tlsErrorCodes } from "tls/error";

test("B15 E9 the codes in TypeScript are those in C, in the same order", () => {
	const header = readFileSync(join(__dirname, "../../../modules/tls/tls-error.h"), "utf8");
	expect([...header.matchAll(/^\tX\((\w+)\)/gm)].map(([, name]) => name)).toEqual([...tlsErrorCodes]);
});

test.each(tlsErrorCodes)("B15 %s has a meaning", code => {
	expect(new TLSError(code).message).toMatch(/^[A-Z].+[^.]$/);
});

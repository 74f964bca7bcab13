import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import TLSError, { tlsErrorCodes } from "tls/error";
import { limits } from "tls/limits";

test("B15 E9 the codes in TypeScript are those in C, in the same order", () => {
	const header = readFileSync(join(__dirname, "../../../modules/tls/engine/port/tls-error.h"), "utf8");
	expect([...header.matchAll(/^\tX\((\w+)\)/gm)].map(([, name]) => name)).toEqual([...tlsErrorCodes]);
});

test("B6 Z7 the clock is set from the same time on in TypeScript and in C", () => {
	const header = readFileSync(join(__dirname, "../../../modules/tls/engine/resumption/tls-lifetime.h"), "utf8");
	expect(header).toContain(`TLS_CLOCK_FLOOR = ${limits.clockFloor} `);
});

test.each(tlsErrorCodes)("B15 %s has a meaning", code => {
	expect(new TLSError(code).message).toMatch(/^[A-Z].+[^.]$/);
});

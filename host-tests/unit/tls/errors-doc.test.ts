import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { tlsErrorCodes } from "tls/error";

test("B15 docs/errors.md names every code once, and no other", () => {
	const text = readFileSync(join(__dirname, "../../../docs/errors.md"), "utf8");
	const documented = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
	expect([...documented].sort()).toEqual([...tlsErrorCodes].sort());
});

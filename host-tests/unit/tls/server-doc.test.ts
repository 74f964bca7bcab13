import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { limits } from "tls/limits";

const text = readFileSync(join(__dirname, "../../../docs/server.md"), "utf8");

test.each([
	["handshakeTimeout", limits.handshakeTimeout],
	["silenceTimeout", limits.silenceTimeout],
	["maxHandshakes", limits.maxHandshakes],
	["cacheSize", limits.sessionCacheSize],
	["lifetime", limits.sessionLifetime]
])("docs/server.md has the default of %s", (option, value) => {
	const row = text.split("\n").find(line => line.startsWith(`| \`${option}\` |`));
	expect(row?.split(" | ").at(-1)).toBe(`${value.toLocaleString("en-US")} |`);
});

test("docs/server.md has the size of a cached session", () => {
	expect(text).toContain(`of ${limits.sessionEntrySize} bytes each`);
});

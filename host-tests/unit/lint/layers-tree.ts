// A small tree, and what the rule of layers says of it.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect } from "@jest/globals";

const root = join(__dirname, "../../..");
let copy = "";

// As few files as all that is asked below needs, which each import as the file of that name does.
const tree: Record<string, string> = {
	"modules/platform/desk/limits.ts": "export const tlsLimits = 1;",
	"modules/platform/esp32/limits.ts": "export const tlsLimits = 1;",
	"modules/tcp/tcp.ts": "",
	"modules/text/utf8.ts": "",
	"modules/tls/limits.ts": 'import "platform/limits"; import "text/utf8";',
	"modules/tls/listener.ts":
		'import { Pump } from "./connection/pump"; import type { Der } from "./x509/der"; export type { Der };',
	"modules/tls/connection/pump.ts": 'import "../limits"; import "../x509/der"; import "./wire"; export class Pump {}',
	"modules/tls/connection/wire.ts": "",
	"modules/tls/x509/der.ts": "export interface Der {}",
	"modules/tls/config/text.ts": "",
	"modules/httpsd/limits.ts": 'import "platform/limits";',
	"modules/httpsd/headers.ts": "",
	"modules/httpsd/response.ts": 'import "./headers";',
	"modules/httpsd/server/idleness.ts": "",
	"modules/httpsd/values/lists.ts": "",
	"modules/httpsd/filters/cors.ts": "",
	"modules/httpsd/values/range.ts": "",
	"modules/identity/check.ts": 'import "tls/listener";',
	"modules/identity/error.ts": "",
	"modules/identity/storage/native.ts": "",
	"modules/identity/x509/pem.ts": 'import "../error";',
	"modules/acme/limits.ts": "",
	"modules/discovery/limits.ts": "",
	"modules/provisioning/limits.ts": "",
	"modules/sdk/tls-socket.ts": "",
	"modules/without/no-files.ts": "",
	"main.ts": 'import "./page";',
	"page.ts": "",
	"host-tests/desk/desk.h": "",
	"host-tests/host-names.ts": ""
};

beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), "layers-test-"));
	for (const [path, text] of Object.entries(tree)) {
		mkdirSync(dirname(join(copy, path)), { recursive: true });
		writeFileSync(join(copy, path), text);
	}
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** The first line that the rule prints; `undefined` when it finds nothing. */
export function lint(): string | undefined {
	const { status, stderr } = spawnSync(process.execPath, [join(root, "host-tests/lint/layers.mjs")], {
		cwd: copy,
		encoding: "utf8"
	});
	expect(status).toBe(stderr === "" ? 0 : 1);
	return stderr === "" ? undefined : (stderr.split("\n")[0] as string);
}

/** The same with a line more in a file, or in a new one. */
export function lintWith(path: string, line: string): string | undefined {
	const file = join(copy, path);
	const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${before ?? ""}\n${line}\n`);
	try {
		return lint();
	} finally {
		if (before === undefined) rmSync(file);
		else writeFileSync(file, before);
	}
}

import { expect, test } from "@jest/globals";
import { tlsErrorCodes } from "tls/error";

/** What every native answers with. */
let answer = 0;
Object.assign(globalThis, { Native: () => class {}, native: () => () => answer });

const makers: [string, () => Promise<unknown>][] = [
	["context", async () => new (await import("tls/config/native-context")).default()],
	["table of pre-shared keys", async () => new (await import("tls/psk")).PreSharedKeys()],
	["resumption store", async () => new (await import("tls/resumption")).default()],
	["session", async () => new (await import("tls/connection/session")).default({} as never, 0)]
];

test.each(makers)("B15 no memory for a %s is a TLSError", async (_, make) => {
	for (const code of ["MEMORY", "STATE"] as const) {
		answer = tlsErrorCodes.indexOf(code);
		await expect(make()).rejects.toMatchObject({ name: "TLSError", code });
	}
	answer = 0;
	expect(await make()).toBeDefined();
});

// Lack of memory says nothing about what is stored: it is told, and not taken for damage, of which a device makes itself a new CA.

import { expect, test } from "@jest/globals";
import { isIdentity } from "identity/check";
import { inputKinds } from "identity/x509/form";
import { tlsErrorCodes } from "tls/error";

let answer = 0;
const natives: Record<string, () => unknown> = {
	xs_xstls_input_identify: () => inputKinds.indexOf("CERTIFICATE"),
	xs_xstls_certificate_read: () => answer
};
Object.assign(globalThis, { native: (name: string) => natives[name] });

test.each(["MEMORY", "CERTIFICATE_INVALID"] as const)("Z5 Z17 Z18 a stored identity of which reading says %s", code => {
	answer = tlsErrorCodes.indexOf(code);
	const look = () => isIdentity(new Uint8Array(8), new Uint8Array(8));
	if (code === "MEMORY") expect(look).toThrow(expect.objectContaining({ code }));
	else expect(look()).toBe(false);
});

// What ACME signs, judged by Node's crypto.

import "../tls/natives";
import { createHash, createHmac, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { encodeBase64URL, encodeText } from "acme/jose/base64url";
import { hmac } from "acme/jose/hmac";
import { type AccountKey, bindAccount, signRequest, thumbprint } from "acme/jose/jws";

const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = pair.publicKey.export({ format: "jwk" });
const copy = (bytes: Buffer) => Uint8Array.from(bytes).buffer;
const key: AccountKey = {
	x: Buffer.from(jwk.x as string, "base64url"),
	y: Buffer.from(jwk.y as string, "base64url"),
	sign: message => copy(sign("sha256", Buffer.from(message), { key: pair.privateKey, dsaEncoding: "ieee-p1363" }))
};
const parse = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString());

test.each([0, 1, 2, 3, 31, 32, 64, 65, 255])("Z17 Base64url of %d bytes is Node's", length => {
	const bytes = randomBytes(length);
	expect(encodeBase64URL(bytes)).toBe(bytes.toString("base64url"));
	expect(encodeText("größe")).toBe(Buffer.from("größe").toString("base64url"));
});

test.each([0, 1, 63, 64, 65, 200])("Z17 HMAC with a key of %d bytes is Node's", length => {
	const [secret, message] = [randomBytes(length), randomBytes(100)];
	const expected = createHmac("sha256", secret).update(message).digest("hex");
	expect(Buffer.from(hmac(secret, copy(message))).toString("hex")).toBe(expected);
});

test("Z17 the thumbprint is that of RFC 7638", () => {
	const text = JSON.stringify({ crv: "P-256", kty: "EC", x: jwk.x, y: jwk.y });
	expect(thumbprint(key)).toBe(createHash("sha256").update(text).digest("base64url"));
});

describe("Z17 a signed request", () => {
	const url = "https://ca.example/new";
	test.each([
		["as whom the CA knows", "https://ca.example/account/1", '{"a":1}'],
		["with its key", undefined, '{"a":1}'],
		["POST-as-GET", "https://ca.example/account/1", ""]
	])("Z17 %s: Node verifies it", (_, account, payload) => {
		const { protected: head, payload: body, signature } = JSON.parse(signRequest(key, url, "n-1", payload, account));
		const who = account === undefined ? { jwk: { crv: "P-256", kty: "EC", x: jwk.x, y: jwk.y } } : { kid: account };
		expect(parse(head)).toEqual({ alg: "ES256", nonce: "n-1", url, ...who });
		expect(Buffer.from(body, "base64url").toString()).toBe(payload);
		const publicKey = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" } as const;
		expect(verify("sha256", Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, "base64url"))).toBe(true);
	});

	test("Z17 an external account is bound by its key", () => {
		const secret = randomBytes(32);
		const account = { kid: "kid-1", key: secret.toString("base64url") };
		const bound = bindAccount(key, url, account) as Record<string, string>;
		expect(parse(bound.protected as string)).toEqual({ alg: "HS256", kid: "kid-1", url });
		expect(parse(bound.payload as string)).toMatchObject({ kty: "EC", x: jwk.x });
		const mac = createHmac("sha256", secret).update(`${bound.protected}.${bound.payload}`).digest("base64url");
		expect(bound.signature).toBe(mac);
		expect(() => bindAccount(key, url, { kid: "k", key: "no base64!" })).toThrow(RangeError);
	});
});

// Answers that make no sense end an order, and nothing is sent where they point to.

import { describe, expect, test } from "@jest/globals";
import { limits } from "acme/limits";
import { obtain } from "acme/protocol/order";
import Session from "acme/protocol/session";
import { parseRetryAfter } from "acme/transport/answer-time";
import Gathered from "acme/transport/gathered";
import { parseURL } from "acme/transport/url";
import { answering, base, directory, drive, httpChallenge, key, type Said } from "./scripted-ca";
import { failure } from "./scripted-order";

function codeOf(path: string, said: Said): string | undefined {
	const terms = {
		directory,
		names: ["lamp.example"],
		challenges: [httpChallenge],
		makeRequest: () => new ArrayBuffer(1)
	};
	const script = answering(({ url }) => (url === base + path ? said : undefined));
	try {
		drive(obtain(new Session(key, undefined), terms), script);
		return undefined;
	} catch (error) {
		return (error as { code?: string }).code;
	}
}

const order = { status: "pending", authorizations: [`${base}/authz/1`], finalize: `${base}/finalize/1` };
const authorization = { status: "pending", identifier: { type: "dns", value: "lamp.example" } };
const challenge = { type: "http-01", url: `${base}/challenge/http-01`, token: "t0ken" };
const created = { status: 201, location: `${base}/order/1` };

describe("Z17 an answer that makes no sense", () => {
	test.each<[string, string, Said]>([
		["no JSON", "/dir", { text: "<html>" }],
		["JSON that is no object", "/dir", { json: [1] }],
		["JSON that nests too deep", "/dir", { text: "[".repeat(3000) }],
		["JSON of too many values", "/dir", { text: `{"status":[${"0,".repeat(400)}0]}` }],
		["bytes that are no UTF-8", "/dir", { text: "{}".padEnd(4, "\ud800") }],
		["a directory without URLs", "/dir", { json: {} }],
		["a URL without TLS", "/dir", { json: { newNonce: "http://ca.example/n", newAccount: base, newOrder: base } }],
		["a URL with a line's end", "/dir", { json: { newNonce: `${base}/\r\nX: y`, newAccount: base, newOrder: base } }],
		["a URL without end", "/dir", { json: { newNonce: base + "/".repeat(600), newAccount: base, newOrder: base } }],
		["no nonce", "/newNonce", { status: 204, nonce: undefined }],
		["a nonce that is none", "/newNonce", { status: 204, nonce: 'a"b' }],
		["a nonce without end", "/newNonce", { status: 204, nonce: "n".repeat(300) }],
		["an account without its URL", "/newAccount", { status: 201, json: {} }],
		["an order without its URL", "/newOrder", { status: 201, json: order }],
		["an order without authorizations", "/newOrder", { ...created, json: { ...order, authorizations: [] } }],
		["more authorizations than names", "/newOrder", { ...created, json: { ...order, authorizations: [base, base] } }],
		["an authorization that is no URL", "/newOrder", { ...created, json: { ...order, authorizations: [7] } }],
		["an authorization for another name", "/authz/1", { json: { ...authorization, identifier: { value: "other" } } }],
		["a challenge without token", "/authz/1", { json: { ...authorization, challenges: [{ ...challenge, token: 5 }] } }],
		["a token with a path", "/authz/1", { json: { ...authorization, challenges: [{ ...challenge, token: "../a" }] } }],
		["a challenge without URL", "/authz/1", { json: { ...authorization, challenges: [{ ...challenge, url: "/c" }] } }],
		["an order without status", "/order/1", { json: {} }],
		["no URL to finalize at", "/order/1", { json: { ...order, status: "ready", finalize: undefined } }],
		[
			"an order that is valid before the CA has a key",
			"/order/1",
			{ json: { ...order, status: "valid", certificate: base } }
		],
		["one that is about to be", "/order/1", { json: { ...order, status: "processing" } }]
	])("Z17 %s", (_, path, said) => {
		expect(codeOf(path, said)).toBe("ANSWER_INVALID");
	});

	test("Z17 no URL of the certificate", () => {
		const answers = (path: string, count: number) => (path === "/order/1" && count > 1 ? { json: valid } : undefined);
		const valid = { ...order, status: "valid" };
		expect(failure(answering(({ url }, count) => answers(url.slice(base.length), count))).code).toBe("ANSWER_INVALID");
	});

	test("Z17 what stands in the CA's JSON beside what is read makes no name in XS", () => {
		const json = { status: "invalid", error: { detail: "x", "a-name-of-the-ca": 1 } };
		expect(codeOf("/order/1", { json })).toBe("ORDER_FAILED");
	});
});

test.each([
	["https://ca.example", { host: "ca.example", port: 443, authority: "ca.example", path: "/" }],
	[
		"https://ca.example:14000/dir?a=b#c",
		{ host: "ca.example", port: 14000, authority: "ca.example:14000", path: "/dir?a=b" }
	],
	["https://ca.example?a", { host: "ca.example", port: 443, authority: "ca.example", path: "/?a" }],
	["https://[2001:db8::1]:8443/", { host: "2001:db8::1", port: 8443, authority: "[2001:db8::1]:8443", path: "/" }],
	["http://ca.example/", undefined],
	["https:///dir", undefined],
	["https://user@ca.example/", undefined],
	["https://ca.example:0/", undefined],
	["https://ca.example:65536/", undefined],
	["https://ca.example:/", undefined],
	["https://[::1]x/", undefined],
	["https://ca.example/a b", undefined],
	[`https://ca.example/${"a".repeat(500)}`, undefined]
])("Z17 the parts of %s", (url, parts) => {
	expect(parseURL(url)).toEqual(parts);
});

test.each([
	["120", 120_000],
	["Wed, 21 Oct 2026 07:28:00 GMT", 60_000],
	["Wed, 21 Oct 2020 07:28:00 GMT", 0],
	["999999999", limits.maxRetryAfter],
	["1".padEnd(21, "0"), limits.maxRetryAfter],
	["9".repeat(60), limits.maxRetryAfter],
	["-5", undefined],
	["2020-10-21", undefined],
	["99:99:99 GMT", undefined],
	["", undefined],
	["soon", undefined],
	[undefined, undefined]
])("Z17 Retry-After: %s", (value, milliseconds) => {
	expect(parseRetryAfter(value, Date.UTC(2026, 9, 21, 7, 27))).toBe(milliseconds);
});

describe("Z17 content is gathered up to its limit", () => {
	const bytes = Uint8Array.from({ length: 200 }, (_, at) => at);
	test.each([undefined, 200])("Z17 in pieces of every size, of length %s", length => {
		for (let size = 1; size <= 200; size++) {
			const gathered = new Gathered(200, length);
			for (let at = 0; at < 200; at += size) gathered.add(bytes.slice(at, at + size).buffer);
			expect(new Uint8Array(gathered.content)).toEqual(bytes);
		}
	});

	test("Z17 and not beyond", () => {
		const tooLong = expect.objectContaining({ code: "ANSWER_SIZE" });
		expect(() => new Gathered(100, 101)).toThrow(tooLong);
		const gathered = new Gathered(100, undefined);
		gathered.add(new ArrayBuffer(100));
		expect(() => gathered.add(new ArrayBuffer(1))).toThrow(tooLong);
	});
});

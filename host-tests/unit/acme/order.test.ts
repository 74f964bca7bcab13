// What an order does next, whatever the CA has answered.

import { describe, expect, test } from "@jest/globals";
import { type OrderTerms, obtain } from "acme/protocol/order";
import Session from "acme/protocol/session";
import { answering, base, directory, drive, httpChallenge, key, type Script } from "./scripted-ca";

const csr = Uint8Array.of(1, 2, 3).buffer;

function order(script: Script = answering(), terms: Partial<OrderTerms> = {}, account?: string) {
	const all = { directory, names: ["lamp.example"], challenges: [httpChallenge], makeRequest: () => csr, ...terms };
	return drive(obtain(new Session(key, account), all), script);
}

/** The error, with what was done before. */
function failure(script: Script, terms: Partial<OrderTerms> = {}) {
	try {
		order(script, terms);
	} catch (error) {
		return error as Error & { code: string; problem?: string; retryAfter?: number; log: string[] };
	}
	throw new Error("The order has not failed");
}

const problem = (type: string, status = 400, more: object = {}) => ({
	status,
	json: { type: `urn:ietf:params:acme:error:${type}`, detail: "No\nmore", ...more }
});

test("Z17 an order by the book", () => {
	const { log, sent, result } = order();
	expect(log).toEqual([
		"GET /dir",
		"GET /newNonce",
		"POST /newAccount",
		`account ${base}/account/1`,
		"POST /newOrder",
		"POST /authz/1",
		"show http-01 t0ken",
		"POST /challenge/http-01",
		"POST /authz/1",
		"withdraw http-01 t0ken",
		"POST /order/1",
		"POST /finalize/1",
		"POST /order/1",
		"POST /certificate/1"
	]);
	const of = (path: string) => sent.find(({ url }) => url === base + path);
	expect(of("/newAccount")?.payload).toEqual({ termsOfServiceAgreed: true });
	expect(of("/newOrder")?.payload).toEqual({ identifiers: [{ type: "dns", value: "lamp.example" }] });
	expect(of("/challenge/http-01")?.payload).toEqual({});
	expect(of("/finalize/1")?.payload).toEqual({ csr: "AQID" });
	expect(of("/authz/1")?.payload).toBe("");
	expect(of("/newAccount")?.head).toHaveProperty("jwk");
	expect(of("/newOrder")?.head).toMatchObject({ kid: `${base}/account/1` });
	expect(new Set(sent.flatMap(({ head }) => (head === undefined ? [] : [head.nonce]))).size).toBe(9);
	expect(result).toEqual([Uint8Array.of(7)]);
});

test("Z17 badNonce: the same again with the nonce of the answer, or a new one", () => {
	const script = answering((sent, count) => {
		if (sent.url === `${base}/newOrder` && count < 3)
			return { ...problem("badNonce"), nonce: count === 1 ? "from-error" : undefined };
		return undefined;
	});
	const { sent, log } = order(script, {}, `${base}/account/1`);
	const orders = sent.filter(({ url }) => url === `${base}/newOrder`);
	expect(orders.map(({ payload }) => payload)).toEqual(new Array(3).fill(orders[0]?.payload));
	expect(orders[1]?.head?.nonce).toBe("from-error");
	expect(log.filter(line => line === "GET /newNonce").length).toBe(2);
	const always = failure(answering(({ head }) => (head === undefined ? undefined : problem("badNonce"))));
	expect([always.problem, always.log.length]).toEqual(["badNonce", 19]);
});

test("Z17 an account that the CA has forgotten is made anew", () => {
	const { log } = order(
		answering(({ url }, count) =>
			url.endsWith("newOrder") && count === 1 ? problem("accountDoesNotExist") : undefined
		),
		{},
		`${base}/account/0`
	);
	const lines = [
		"POST /newOrder",
		"account undefined",
		"POST /newAccount",
		`account ${base}/account/1`,
		"POST /newOrder"
	];
	expect(log.slice(2, 7)).toEqual(lines);
});

test("Z17 RFC 9773: what is replaced is said, and not where the CA will not have it", () => {
	const dir = (sent: { url: string }) =>
		sent.url === directory
			? {
					json: Object.fromEntries(
						["newNonce", "newAccount", "newOrder", "renewalInfo"].map(name => [name, `${base}/${name}`])
					)
				}
			: undefined;
	const script = answering((sent, count) => {
		const replaced = (sent.payload as { replaces?: string } | undefined)?.replaces;
		return dir(sent) ?? (replaced !== undefined && count === 1 ? problem("alreadyReplaced", 409) : undefined);
	});
	const { sent } = order(script, { replaces: "a.b" });
	const said = sent.filter(({ url }) => url.endsWith("newOrder")).map(({ payload }) => payload);
	expect(said).toEqual([
		expect.objectContaining({ replaces: "a.b" }),
		expect.not.objectContaining({ replaces: "a.b" })
	]);
	expect(
		order(answering(), { replaces: "a.b" }).sent.some(({ payload }) => JSON.stringify(payload)?.includes("a.b"))
	).toBe(false);
});

test("Z17 what the CA knows already is not proved again, and what is not decided is waited for", () => {
	const known = order(answering(({ url }) => (url.endsWith("authz/1") ? { json: { status: "valid" } } : undefined)));
	expect(known.log.some(line => line.startsWith("show"))).toBe(false);
	const slow = answering(({ url }, count) =>
		url.endsWith("order/1") && count < 4 ? { json: { status: "pending" }, retryAfter: 500 * 10 ** count } : undefined
	);
	expect(order(slow).log.filter(line => line.startsWith("wait"))).toEqual(["wait 5000", "wait 50000", "wait 60000"]);
	const never = failure(
		answering(({ url }) => (url.endsWith("order/1") ? { json: { status: "pending" } } : undefined))
	);
	expect(never.code).toBe("TIMEOUT");
});

describe("Z17 why there is no certificate", () => {
	const refused = { status: "invalid", identifier: { type: "dns", value: "lamp.example" } };
	const error = { type: "urn:ietf:params:acme:error:dns", detail: "no such name" };
	test.each<[string, Script, Partial<OrderTerms>, string, string | undefined, RegExp]>([
		[
			"a rate limit",
			s => (s.url.endsWith("newOrder") ? { ...problem("rateLimited", 429), retryAfter: 7e6 } : undefined),
			{},
			"RATE_LIMITED",
			"rateLimited",
			/rateLimited: No more/
		],
		[
			"a page of a server in between",
			s => (s.url.endsWith("newOrder") ? { status: 503, text: "<h1>" } : undefined),
			{},
			"REFUSED",
			undefined,
			/status 503/
		],
		[
			"no challenge of ours",
			() => undefined,
			{ challenges: [{ ...httpChallenge, type: "tls-alpn-01" }] },
			"NO_CHALLENGE",
			undefined,
			/tls-alpn-01 for lamp/
		],
		[
			"a proof that was not found",
			(s, n) =>
				s.url.endsWith("authz/1") && n > 1
					? { json: { ...refused, challenges: [{ type: "http-01", error }] } }
					: undefined,
			{},
			"CHALLENGE_FAILED",
			"dns",
			/no such name/
		],
		[
			"an order that was given up",
			s => (s.url.endsWith("order/1") ? { json: { status: "invalid", error } } : undefined),
			{},
			"ORDER_FAILED",
			"dns",
			/no such name/
		],
		[
			"a CA that wants an external account",
			s =>
				s.url === directory
					? { json: { newNonce: base, newAccount: base, newOrder: base, meta: { externalAccountRequired: true } } }
					: undefined,
			{},
			"REFUSED",
			"externalAccountRequired",
			/externalAccount/
		]
	])("Z17 %s", (_, script, terms, code, name, message) => {
		const failed = failure(answering(script), terms);
		expect([failed.code, failed.problem]).toEqual([code, name]);
		expect(failed.message).toMatch(message);
		const shown = failed.log.filter(line => line.startsWith("show")).length;
		expect(failed.log.filter(line => line.startsWith("withdraw")).length).toBe(shown);
	});
});

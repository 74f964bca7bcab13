// What an order does next, whatever the CA has answered.

import { describe, expect, test } from "@jest/globals";
import { answering, base, directory, type Said } from "./scripted-ca";
import { failure, order, problem } from "./scripted-order";

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
	const again = ["account undefined", "POST /newAccount", `account ${base}/account/1`];
	expect(log.slice(2, 7)).toEqual(["POST /newOrder", ...again, "POST /newOrder"]);
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
		url.endsWith("order/1") && count < 5
			? {
					json: { status: count < 4 ? "pending" : "ready", finalize: `${base}/finalize/1` },
					retryAfter: 500 * 10 ** count
				}
			: undefined
	);
	expect(order(slow).log.filter(line => line.startsWith("wait"))).toEqual(["wait 5000", "wait 50000", "wait 60000"]);
	const never = failure(
		answering(({ url }) => (url.endsWith("order/1") ? { json: { status: "pending" } } : undefined))
	);
	expect(never.code).toBe("TIMEOUT");
});

describe("Z17 what the CA has had already, and refuses when it comes again", () => {
	const challenges = (status: string) => [
		{ type: "http-01", url: `${base}/challenge/http-01`, token: "t0ken", status }
	];
	const authorization = (status: string, challenge: string): Said => ({
		json: { status, identifier: { type: "dns", value: "lamp.example" }, challenges: challenges(challenge) }
	});
	const order1 = (status: string): Said => ({
		json: { status, finalize: `${base}/finalize/1`, certificate: `${base}/certificate/1` }
	});
	/** `states` are the answers to the second and later looks at what the refused POST has changed. */
	const refusing = (path: string, object: string, type: string, states: readonly Said[]) =>
		answering(({ url }, count) => {
			if (url === base + path) return problem(type, 403);
			return url === base + object && count > 1 ? states[count - 2] : undefined;
		});

	test("Z17 RFC 8555 §7.4: orderNotReady where the order is being finalized, or has been", () => {
		const script = refusing("/finalize/1", "/order/1", "orderNotReady", [order1("processing"), order1("valid")]);
		expect(order(script).result).toEqual([Uint8Array.of(7)]);
		const log = order(refusing("/finalize/1", "/order/1", "orderNotReady", [order1("valid")])).log;
		expect(log.slice(-3)).toEqual(["POST /finalize/1", "POST /order/1", "POST /certificate/1"]);
	});

	test.each(["ready", "pending"])("Z17 where the order is %s, the refusal was meant", status => {
		const script = refusing("/finalize/1", "/order/1", "badCSR", [order1(status)]);
		expect(failure(script)).toMatchObject({ code: "REFUSED", problem: "badCSR" });
	});

	test("Z17 RFC 8555 §7.5.1: a challenge that is being looked at, or has been", () => {
		const states = [authorization("pending", "processing"), authorization("valid", "valid")];
		expect(order(refusing("/challenge/http-01", "/authz/1", "malformed", states)).log).toContain("wait 3000");
		const failed = refusing("/challenge/http-01", "/authz/1", "malformed", [authorization("invalid", "invalid")]);
		expect(failure(failed)).toMatchObject({ code: "CHALLENGE_FAILED" });
		const inVain = { ...challenges("pending")[0], error: { type: "urn:ietf:params:acme:error:dns", detail: "none" } };
		const vain = { json: { ...(authorization("pending", "pending").json as object), challenges: [inVain] } };
		const looked = answering(({ url }, count) => (url.endsWith("/authz/1") && count > 1 ? vain : undefined));
		expect(failure(looked)).toMatchObject({ code: "CHALLENGE_FAILED", problem: "dns" });
		const meant = refusing("/challenge/http-01", "/authz/1", "malformed", [authorization("pending", "pending")]);
		expect(failure(meant)).toMatchObject({ code: "REFUSED", problem: "malformed" });
	});
});

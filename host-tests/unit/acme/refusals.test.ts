// Why an order comes to nothing, and what is said of it.

import { describe, expect, test } from "@jest/globals";
import type { OrderTerms } from "acme/protocol/order";
import { answering, base, directory, httpChallenge, type Script } from "./scripted-ca";
import { failure, problem } from "./scripted-order";

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
			/rateLimited: No {2}more/
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

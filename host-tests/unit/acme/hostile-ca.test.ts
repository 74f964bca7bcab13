// A CA, or an application, that does what it should not: an order ends all the same, after few requests. The CA is made up to force this.

import { describe, expect, test } from "@jest/globals";
import { limits } from "acme/limits";
import { answering, base, type Said, type Script } from "./scripted-ca";
import { failure, order, problem } from "./scripted-order";

const kept = `${base}/account/0`;
const count = (log: readonly string[], line: string) => log.filter(each => each === line).length;

describe("Z17 an account that was kept and that the CA takes no longer", () => {
	const refusing = (type: string, times: number) =>
		answering(({ url }, n) => (url.endsWith("newOrder") && n <= times ? problem(type, 403) : undefined));

	test.each(["accountDoesNotExist", "unauthorized", "malformed"])(
		"Z17 %s, as where its owner has given it another key: the device's key gets an account again",
		type => {
			const { log, result } = order(refusing(type, 1), {}, kept);
			expect(log.slice(2, 6)).toEqual([
				"POST /newOrder",
				"account undefined",
				"POST /newAccount",
				`account ${base}/account/1`
			]);
			expect(result).toEqual([Uint8Array.of(7)]);
		}
	);

	test.each(["accountDoesNotExist", "unauthorized", "malformed"])("Z17 %s for ever: it is asked for once", type => {
		const failed = (account?: string) => {
			try {
				order(refusing(type, 99), {}, account);
			} catch (error) {
				return error as { problem: string; log: string[] };
			}
			throw new Error("The order has not failed");
		};
		const old = failed(kept);
		expect([old.problem, count(old.log, "POST /newAccount"), count(old.log, "POST /newOrder")]).toEqual([type, 1, 2]);
		// One that was made for this order is not asked for again.
		const fresh = failed();
		expect([count(fresh.log, "POST /newAccount"), count(fresh.log, "POST /newOrder")]).toEqual([1, 1]);
	});

	test("Z17 one that was deactivated: the CA says so at the account, and nothing more is asked", () => {
		const script: Script = ({ url }) => (/newOrder|newAccount/.test(url) ? problem("unauthorized", 401) : undefined);
		const { problem: name, log } = failure(answering(script));
		expect([name, log.at(-1)]).toEqual(["unauthorized", "POST /newAccount"]);
	});
});

describe("Z17 an external account", () => {
	const externalAccount = { kid: "kid-1", key: "c2VjcmV0" };
	test.each(["unauthorized", "malformed", "externalAccountRequired"])("Z17 that the CA refuses: %s", type => {
		const script = answering(({ url }) => (url.endsWith("newAccount") ? problem(type, 403) : undefined));
		const { code, problem: name, log } = failure(script, { externalAccount });
		expect([code, name, count(log, "POST /newAccount"), log.at(-1)]).toEqual(["REFUSED", type, 1, "POST /newAccount"]);
	});
});

describe("Z17 several names", () => {
	const authorizations = [`${base}/authz/1`, `${base}/authz/2`];
	const names = ["lamp.example", "*.hall.example"];
	const second = (status: string): Said => ({
		json: {
			status,
			identifier: { type: "dns", value: "hall.example" },
			challenges: [{ type: "http-01", url: `${base}/challenge/2`, token: "t0ken2" }]
		}
	});
	const twoNames = (status: string) =>
		answering(({ url }, n) => {
			if (url.endsWith("newOrder"))
				return {
					status: 201,
					location: `${base}/order/1`,
					json: { status: "pending", authorizations, finalize: `${base}/finalize/1` }
				};
			return url.endsWith("authz/2") ? second(n === 1 ? "pending" : status) : undefined;
		});

	test("Z17 of which one cannot be proved: no certificate is asked for, and both proofs are withdrawn", () => {
		const { code, log } = failure(twoNames("invalid"), { names });
		expect(code).toBe("CHALLENGE_FAILED");
		expect(log.filter(line => /show|withdraw/.test(line)).length).toBe(4);
		expect(log.some(line => line.includes("finalize"))).toBe(false);
	});

	test("Z17 of which both are proved", () => {
		expect(order(twoNames("valid"), { names }).result).toEqual([Uint8Array.of(7)]);
	});
});

describe("Z17 what is asked for is bounded", () => {
	test.each<[string, Script]>([
		["an authorization", ({ url }, n) => (url.endsWith("authz/1") && n > 1 ? pending : undefined)],
		["an order", ({ url }) => (url.endsWith("order/1") ? { json: { status: "pending" }, retryAfter: 0 } : undefined)],
		["an order that is being finalized", ({ url }, n) => (url.endsWith("order/1") && n > 1 ? processing : undefined)]
	])("Z17 where %s never changes its state, at a Retry-After of none", (_, script) => {
		const { code, log } = failure(answering(script));
		expect(code).toBe("TIMEOUT");
		expect(log.filter(line => line === "wait 1000").length).toBe(limits.orderTimeout / 1000);
	});

	test.each([301, 302, 303, 307, 308])("Z17 a redirect is refused, whatever is asked for: %d", status => {
		const paths = ["/dir", "/newNonce", "/newAccount", "/newOrder", "/authz/1", "/certificate/1"];
		for (const path of paths) {
			const elsewhere = { status, location: "https://192.168.0.1/" };
			const failed = failure(answering(({ url }) => (url === base + path ? elsewhere : undefined)));
			expect([failed.code, failed.log.some(line => line.includes("192.168"))]).toEqual(["REFUSED", false]);
			expect(failed.message).toContain(String(status));
		}
	});
});

const processing: Said = { json: { status: "processing" }, retryAfter: 0 };
const pending: Said = {
	retryAfter: 0,
	json: {
		status: "pending",
		identifier: { type: "dns", value: "lamp.example" },
		challenges: [{ type: "http-01", url: `${base}/challenge/http-01`, token: "t0ken", status: "processing" }]
	}
};

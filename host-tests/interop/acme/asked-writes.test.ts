// Z12: what is written is read first, for both are whole, so with a chain of 9 that is 18 kB of XS's block at a time. XS was asked for it at an order's
// beginning and end, not where an account was kept, an order failed, or a certificate was to be revoked, which could make a device restart.

import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { folder } from "../../unit/certs/tool";
import { device, eachIsBehindProxy, proxy, start } from "./behind-proxy";

const out = folder();
eachIsBehindProxy();

test("Z12 Z17 XS is asked before each write: an account, an order's beginning, end and failure, a revocation's beginning and end", async () => {
	await start(join(out, "asked.bin"), { revokeReplaced: 1, saysAsked: 1 });
	await device.whenChanged();
	await device.post("/renew");
	await device.whenChanged(2);
	const isRevoked = async () => proxy.asked.includes("/revoke-cert") && !(await device.state()).isBusy;
	await until(isRevoked, "a revocation", 60_000);
	const tomorrow = { "Retry-After": "86400", "Content-Type": "application/problem+json" };
	const body = JSON.stringify({ type: "urn:ietf:params:acme:error:rateLimited" });
	proxy.answer = path => (path === "/order-plz" ? { status: 429, headers: tomorrow, body } : undefined);
	await device.post("/renew");
	await device.waitForLine(/^failed .*RATE_LIMITED/m, 60_000);
	const [first, ...pieces] = device.output.split(/^write \d+$/m);
	// The key of an account is written when there is no chain yet.
	expect(first).not.toContain("asked");
	expect(pieces.length).toBeGreaterThanOrEqual(9);
	for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/^asked \d+ \w+$/m);
});

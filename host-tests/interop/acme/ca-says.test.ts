// What a CA says beside certificates: when to renew, when to come again, and nothing that makes sense.

import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { device, eachIsBehindProxy, leaf, pebble, proxy, start } from "./behind-proxy";
import { isNewPebble } from "./pebble";

const out = folder();
const day = 86_400_000;
eachIsBehindProxy();

const idle = async () => {
	while ((await device.state()).isBusy);
};
const problem = (type: string, detail: string) =>
	JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail });

describe("Z17 RFC 9773", () => {
	test("Z17 the CA wants a certificate renewed long before its time: it is, and asked for by its identifier", async () => {
		const isAsked = (path: string) => path.startsWith("/renewal-info/");
		const toText = (time: number) => new Date(time).toISOString();
		proxy.answer = path => {
			if (!isAsked(path)) return undefined;
			const suggestedWindow = { start: toText(Date.now() + 2 * day), end: toText(Date.now() + 3 * day) };
			return { status: 200, headers: { "retry-after": "3600" }, body: JSON.stringify({ suggestedWindow }) };
		};
		await start(join(out, "ari.bin"));
		await device.whenChanged();
		while (!proxy.asked.some(isAsked)) await idle();
		await idle();
		expect(proxy.asked.find(isAsked)).toMatch(/^\/renewal-info\/[\w-]+\.[\w-]+$/);
		const { renewIn } = await device.state();
		expect(renewIn / day).toBeGreaterThan(1.9);
		expect(renewIn / day).toBeLessThan(3);
		await device.post("/hours/73");
		await device.whenChanged(2);
	});
});

const [withInfo, why] = isNewPebble ? [test, ""] : [test.skip, " (skipped: this Pebble is older than 2.6)"];
withInfo(`Z17 RFC 9773 by Pebble itself: one that is revoked is renewed within a day${why}`, async () => {
	await start(join(out, "revoked.bin"), { directory: pebble.directory });
	await device.whenChanged();
	const first = await leaf();
	await idle();
	// Its window, a third of 90 days before the end.
	expect((await device.state()).renewIn / day).toBeGreaterThan(50);
	await device.post("/revoke");
	await device.post("/hours/25");
	await device.whenChanged(2);
	expect((await leaf())?.fingerprint256).not.toBe(first?.fingerprint256);
});

test("Z17 what was replaced is revoked over a restart too, where the CA could not be asked; no sooner than in six hours", async () => {
	const config = { revokeReplaced: 1 };
	proxy.answer = path => (path === "/revoke-cert" ? { status: 503, body: "<h1>Service Unavailable</h1>" } : undefined);
	await start(join(out, "replaced.bin"), config);
	await device.whenChanged();
	const serial = (await leaf())?.serialNumber as string;
	await device.post("/renew");
	await device.whenChanged(2);
	expect(await device.whenFailed()).toMatchObject({ code: "REFUSED" });
	await device.stop();
	proxy.answer = () => undefined;
	const { length } = proxy.asked;
	await start(join(out, "replaced.bin"), config);
	await device.post("/hours/5");
	await idle();
	expect(proxy.asked.slice(length)).not.toContain("/revoke-cert");
	expect(await pebble.status(serial)).toBe("Valid");
	await device.post("/hours/2");
	await idle();
	expect(await pebble.status(serial)).toBe("Revoked");
	expect(await pebble.status((await leaf())?.serialNumber as string)).toBe("Valid");
});

describe("Z17 the CA says no", () => {
	test("Z17 a rate limit: its Retry-After is waited for, over a restart too", async () => {
		const body = problem("rateLimited", "too many certificates");
		proxy.answer = path =>
			path === "/order-plz" ? { status: 429, headers: { "retry-after": "172800" }, body } : undefined;
		await start(join(out, "limited.bin"));
		expect(await device.whenFailed()).toMatchObject({ code: "RATE_LIMITED", problem: "rateLimited" });
		await device.stop();
		const { length } = proxy.asked;
		await start(join(out, "limited.bin"));
		await device.post("/hours/47");
		await idle();
		expect(proxy.asked.length).toBe(length);
		proxy.answer = () => undefined;
		await device.post("/hours/2");
		await device.whenChanged();
	});

	test.each<[string, number, string, string]>([
		["a server in between that fails", 503, "<h1>Service Unavailable</h1>", "REFUSED"],
		["a page in the place of JSON", 200, "<h1>Welcome</h1>", "ANSWER_INVALID"],
		["more than there is room for", 200, `{"a":"${"x".repeat(5000)}"}`, "ANSWER_SIZE"]
	])("Z17 %s", async (name, status, body, code) => {
		proxy.answer = path => (path === "/dir" ? { status, body } : undefined);
		await start(join(out, `${name.length}.bin`));
		expect(await device.whenFailed()).toMatchObject({ code });
		proxy.answer = () => undefined;
		await device.post("/renew");
		await device.whenChanged();
	});
});

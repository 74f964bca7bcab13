// What fails on the device's side in the midst of an order, its store and its clock: what was served goes on, the CA is not asked
// again at once, and in the end there is a certificate.

import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { device, eachIsBehindProxy, leaf, proxy, start } from "./behind-proxy";

const out = folder();
const day = 24; // hours
let stores = 0;
eachIsBehindProxy();

const startNew = (config: Record<string, string | number> = {}) => start(join(out, `${++stores}.bin`), config);
const restart = async (config: Record<string, string | number> = {}) => {
	await device.stop();
	stores--;
	await startNew(config);
};
const served = async () => (await leaf())?.fingerprint256;
/** So many orders have failed by the store; a question for a renewal may have failed beside. */
const notStored = (count: number) =>
	device.waitForLine(new RegExp(`(?:^failed .*INTERNAL.*\n[^]*?){${count}}`, "m"), 60_000);
const orders = () => proxy.asked.filter(path => path === "/order-plz").length;
const idle = async () => {
	while ((await device.state()).isBusy);
};

describe("Z17 the store fails", () => {
	// What is written: the account's key, that an order begins, the account, the certificate; and what a restart is to know of a revocation.
	test.each([1, 2, 3, 4])("Z17 at write %d: it is said, and the same again after a pause", async write => {
		const before = orders();
		await startNew({ failFrom: write, failTo: write + 1 });
		const failed = await device.whenFailed();
		expect(failed).toMatchObject({ code: "INTERNAL", message: expect.stringContaining("no room") });
		expect(failed.retryIn).toBeGreaterThan(400_000);
		// Nothing is asked for of which nothing could be kept.
		expect(orders() - before).toBe(write === 4 ? 1 : 0);
		await device.post("/hours/1");
		await device.whenChanged();
	});

	test("Z17 at each write of a renewal: the certificate of before goes on, over a restart too", async () => {
		await startNew({ revokeReplaced: 1 });
		await device.whenChanged();
		const first = await served();
		await restart({ revokeReplaced: 1, failFrom: 1, failTo: 99 });
		for (let tries = 1; tries <= 3; tries++) {
			await device.post("/renew");
			await notStored(tries);
		}
		expect(await served()).toBe(first);
		await restart({ revokeReplaced: 1, failFrom: 2, failTo: 99 });
		await device.post("/renew");
		await notStored(1);
		expect(await served()).toBe(first);
		await restart({ revokeReplaced: 1, failFrom: 3, failTo: 99 });
		expect(await served()).toBe(first);
		await device.post("/renew");
		await device.whenChanged();
		const second = await served();
		expect(second).not.toBe(first);
		await restart();
		expect(await served()).toBe(second);
	});

	test("Z17 full for two months: the CA is asked for few certificates, and the flash written to rarely", async () => {
		const before = orders();
		await startNew({ failFrom: 3, failTo: 9999 });
		await device.whenFailed();
		for (let days = 1; days <= 60; days++) {
			await device.post(`/hours/${day}`);
			await idle();
		}
		expect(orders() - before).toBeLessThan(70);
		expect(device.output.match(/^write /gm)?.length ?? 0).toBeLessThan(200);
	});
});

describe("Z17 the clock jumps during an order", () => {
	/** Hours that pass once the CA is asked to finalize. */
	const jump = (hours: number) => {
		let hasJumped = false;
		proxy.answer = async path => {
			if (path.startsWith("/finalize-order") && !hasJumped) {
				hasJumped = true;
				await device.post(`/hours/${hours}`);
			}
			return undefined;
		};
	};

	test("Z17 by years ahead: the certificate seems to have expired, and one is ordered once the clock is right", async () => {
		jump(3 * 365 * day);
		await startNew();
		expect(await device.whenFailed()).toMatchObject({
			code: "CERTIFICATE",
			message: expect.stringContaining("expired")
		});
		await device.post(`/hours/${-3 * 365 * day}`);
		await device.whenChanged();
	});

	test("Z17 back to 1970: what has come is served, and stays when the clock is right again", async () => {
		const hours = Math.floor(Date.now() / 3_600_000);
		jump(-hours);
		await startNew();
		await device.whenChanged();
		const first = await served();
		const before = orders();
		await device.post(`/hours/${hours}`);
		await device.post(`/hours/${2 * day}`);
		await idle();
		expect([await served(), orders() - before]).toEqual([first, 0]);
	});

	test("Z17 back to 1970 and the order fails: it is put off all the same", async () => {
		const hours = Math.floor(Date.now() / 3_600_000);
		proxy.answer = async path => {
			if (!path.startsWith("/order-plz")) return undefined;
			await device.post(`/hours/${-hours}`);
			return { status: 503, body: "<h1>" };
		};
		await startNew();
		await device.whenFailed();
		const before = orders();
		await device.post(`/hours/${hours}`);
		await idle();
		expect(orders() - before).toBe(0);
		proxy.answer = () => undefined;
		await device.post("/hours/1");
		await device.whenChanged();
	});
});

// Years of a device with a certificate of a CA, in seconds: the test turns its clock.

import { Agent } from "node:https";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { visit } from "../identity/visit";
import { chainOf, type Device, freePorts, startDevice } from "./device";
import { type Pebble, startPebble } from "./pebble";

const out = folder();
const day = 24;
const validity = 90 * 86_400;
let ports: Awaited<ReturnType<typeof freePorts>>;
let pebble: Pebble;
let device: Device;
beforeAll(async () => {
	ports = await freePorts();
	pebble = await startPebble({ httpPort: ports.plainPort, tlsPort: ports.port, validity });
});
afterEach(() => device.stop());

const start = async (name: string, config: Record<string, string | number> = {}) => {
	device = await startDevice({ ...ports, store: join(out, name), directory: pebble.directory, ...config });
	return device;
};
const pass = (hours: number) => device.post(`/hours/${hours}`);
const leafOf = async () => (await chainOf(ports.port, "device.example", pebble.root))[0];

describe("Z17 a certificate is renewed for ever", () => {
	test("Z17 Z4 ahead of its end, at once for new connections, without a lost one", async () => {
		await start("renewed.bin", { idleTimeout: 600_000 });
		await device.whenChanged();
		const first = await leafOf();
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const before = await visit(ports.port, "GET", "/state", "", agent);
		await pass(50 * day);
		expect((await leafOf())?.fingerprint256).toBe(first?.fingerprint256);
		await pass(10 * day);
		await device.whenChanged(2);
		const second = await leafOf();
		expect(second?.fingerprint256).not.toBe(first?.fingerprint256);
		expect(second?.publicKey.equals(first?.publicKey as never)).toBe(false);
		const after = await visit(ports.port, "GET", "/state", "", agent);
		expect([after.from, after.leaf.fingerprint256]).toEqual([before.from, first?.fingerprint256]);
		agent.destroy();
		expect(await pebble.status(first?.serialNumber as string)).toBe("Valid");
	});

	test("Z17 nothing is asked any more when onChange has closed it", async () => {
		await start("closed.bin", { closes: 1 });
		expect((await device.waitForLine(/^closed, asks (.*)$/m, 60_000))[1]).toBe("false");
	});

	test("Z17 the one that was replaced is revoked where that is asked for, and on demand", async () => {
		await start("revoked.bin", { revokeReplaced: 1 });
		await device.whenChanged();
		const first = await leafOf();
		await device.post("/renew");
		await device.whenChanged(2);
		const second = await leafOf();
		while ((await device.state()).isBusy);
		expect(await pebble.status(first?.serialNumber as string)).toBe("Revoked");
		expect(await pebble.status(second?.serialNumber as string)).toBe("Valid");
		expect(await device.post("/revoke")).toBe("revoked");
		expect(await pebble.status(second?.serialNumber as string)).toBe("Revoked");
	});

	test("Z17 a clock that is weeks ahead: one certificate a day is ordered at most", async () => {
		await start("ahead.bin", { skew: 70 * day * 3_600_000 });
		await device.whenChanged();
		while ((await device.state()).isBusy);
		expect((await device.state()).renewIn).toBeGreaterThan(23 * 3_600_000);
		await device.stop();
		await start("ahead.bin", { skew: 70 * day * 3_600_000 });
		await device.post("/hours/22");
		while ((await device.state()).isBusy);
		expect(device.output).not.toContain("changed");
	});

	test("Z17 without a clock nothing is ordered, and what was kept is served", async () => {
		await start("clock.bin", { clock: 5000 });
		expect(await device.state()).toMatchObject({ isBusy: false });
		expect(pebble.output).not.toContain("clock.example");
		await pass(Math.floor(Date.now() / 3_600_000));
		await device.whenChanged();
		const first = await leafOf();
		await device.stop();
		await start("clock.bin", { clock: 5000 });
		expect((await leafOf())?.fingerprint256).toBe(first?.fingerprint256);
	});
});

describe("Z17 the CA is down", () => {
	test("Z17 for a week when a renewal is due: the old certificate goes on, it is asked at most hourly, and then renewed", async () => {
		await start("down.bin");
		await device.whenChanged();
		const first = await leafOf();
		const { port, managementPort, httpPort, tlsPort, root } = pebble;
		await pebble.stop();
		await pass(61 * day);
		await device.whenFailed();
		for (let hour = 1; hour <= 7 * day; hour++) {
			await pass(1);
			while ((await device.state()).isBusy);
		}
		const failures = device.output.match(/^failed .*UNREACHABLE/gm)?.length ?? 0;
		expect(failures).toBeGreaterThan(100);
		expect(failures).toBeLessThan(180);
		expect((await chainOf(ports.port, "device.example", root))[0]?.fingerprint256).toBe(first?.fingerprint256);
		// It has forgotten the account, too.
		pebble = await startPebble({ port, managementPort, httpPort, tlsPort, validity });
		await pass(2);
		await device.whenChanged(2);
		expect((await leafOf())?.fingerprint256).not.toBe(first?.fingerprint256);
	});
});

// Z12 Z18: a chain is in several places while it is installed. One of 15 kB made an ESP32-C3 restart whose application left 41 kB free; and
// what was charged for any was more than a device's `memory` has beside the request, so none could be installed on one.

import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { type Desk, startDesk } from "../desk";
import { type Answer, askPage } from "./certificates-api";
import { House } from "./house";
import { visit } from "./visit";

const house = new House(folder(), ["between"]);
const { at, read, sign } = house;
let desk: Desk;
let port = 0;

/** @param ballast bytes that an application has besides */
async function start(store: string, ballast = 0): Promise<void> {
	const main = "build/js/host-tests/programs/identity/certificates-site.js";
	desk = startDesk({ main, variant: "device", platform: "esp32c3", config: { store: at(store), ballast } });
	port = Number((await desk.waitForLine(/^listening on (\d+)/m))[1]);
}
afterEach(() => desk.stop());

const served = async () => (await visit(port)).leaf.fingerprint256;

/** Installs a certificate of so many names more. */
async function install(more: number): Promise<Answer & { length: number }> {
	writeFileSync(at("csr.pem"), (await askPage(port, "GET", "/request", "", {})).text);
	const chain = sign("leaf.pem", 90, "between", more) + read("between.pem");
	return { ...(await askPage(port, "POST", "/chain", chain, {})), length: chain.length };
}

describe("Z12 Z18 a chain is installed in an ESP32-C3's memory", () => {
	test("one of 4 kB, again and again, and it is served after a restart", async () => {
		await start("chain");
		for (let count = 0; count < 3; count++) {
			const { status, length } = await install(90);
			expect([status, length > 4_000]).toEqual([200, true]);
			expect((await askPage(port, "GET", "/state", "", {})).status).toBe(200);
		}
		const fingerprint = await served();
		await desk.stop();
		await start("chain");
		expect(await served()).toBe(fingerprint);
	});

	test.each([0, 4_000, 8_000, 12_000])(
		"the longest, beside %i bytes of an application: it is refused if it does not fit, and the one of before goes on",
		async ballast => {
			await start(`long-${ballast}`, ballast);
			const before = await served();
			const { status, length } = await install(340);
			expect([200, 503]).toContain(status);
			expect(length).toBeGreaterThan(14_500);
			if (status === 503) expect(await served()).toBe(before);
			expect((await askPage(port, "GET", "/state", "", {})).status).toBe(200);
			expect((await desk.stop()).code).toBe(0);
		}
	);
});

describe("Z12 what clients install, in an ESP32-C3's memory", () => {
	test.each(["authority", "self"])("signer %s: its PEM is made once, and anew when it has changed", async signer => {
		const main = "build/js/host-tests/programs/identity/trusted-memory.js";
		desk = startDesk({ main, variant: "device", platform: "esp32c3", config: { store: at(signer), signer } });
		const [, told] = await desk.waitForLine(/^trusted (.*)$/m);
		const [first, isFirst, renewed, isRenewed] = JSON.parse(told as string);
		expect([isFirst, isRenewed]).toEqual([true, true]);
		// It was 2.1 kB of chunks for each that asked, of which no budget knew.
		expect(Math.max(first, renewed)).toBeLessThan(200);
	});
});

// The demo and its like in a device's memory.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type Desk, type DeskOptions, type Platform, root, startDesk } from "../desk";
import { run } from "../https";
import { Viewer } from "../httpsd/dashboard/demo";

let desk: Desk | undefined;
afterEach(() => desk?.stop());

function start(options: DeskOptions): Desk {
	desk = startDesk({ variant: "device", ...options });
	return desk;
}

const prepared = { resources: ["build/identity"], config: { host: "localhost", port: 0 } };
const curl = (port: number, ...parameters: string[]) =>
	run("curl", ["-sS", "--cacert", join(root, "build/identity/ca.pem"), ...parameters, `https://localhost:${port}/`]);

describe("Z12 demo on the device-sized desk", () => {
	test.each<Platform>(["esp32c3", "esp32"])("%s: its page comes over TLS 1.3 and 1.2", async platform => {
		const demo = start({ ...prepared, platform });
		const port = Number((await demo.waitForLine(/Serving https:\/\/localhost:(\d+)/))[1]);
		for (const version of [["--tlsv1.3"], ["--tls-max", "1.2"]])
			expect((await curl(port, ...version)).stdout).toMatch("<title>Status");
		const viewer = new Viewer(port);
		await viewer.next();
		const { heap, connections } = await viewer.ask("0");
		expect((heap as unknown as number[])[0]).toBeLessThan(159_744);
		expect(JSON.stringify(connections)).toContain("TLSv1.3");
		await viewer.close();
		expect(await demo.stop()).toEqual({ code: 0, signal: null });
	});

	test("esp32c3: with an identity of its own, as at a first boot", async () => {
		const preferences = mkdtempSync(join(tmpdir(), "device-demo-"));
		const demo = start({ config: { host: "device", port: 0, preferences } });
		const port = Number((await demo.waitForLine(/Serving https:\/\/[\w.]+:(\d+)/))[1]);
		const { stdout } = await run("curl", ["-ksS", `https://127.0.0.1:${port}/`]);
		expect(stdout).toMatch("<title>Status");
	});
});

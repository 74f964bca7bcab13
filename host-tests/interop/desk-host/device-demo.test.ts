// The demo and its like in a device's memory.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { type Desk, type DeskOptions, type Platform, root, startDesk } from "../desk";
import { run } from "../https";

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
		expect((await curl(port, "--tlsv1.3")).stdout).toMatch("<td>TLSv1.3");
		const { stdout } = await curl(port, "--tls-max", "1.2");
		expect(stdout).toMatch("<td>TLSv1.2");
		expect(Number(stdout.match(/Free heap<td>(\d+) bytes/)?.[1])).toBeLessThan(159_744);
		expect(await demo.stop()).toEqual({ code: 0, signal: null });
	});

	test("esp32c3: with an identity of its own, as at a first boot", async () => {
		const preferences = mkdtempSync(join(tmpdir(), "device-demo-"));
		const demo = start({ config: { host: "device", port: 0, preferences } });
		const port = Number((await demo.waitForLine(/Serving https:\/\/[\w.]+:(\d+)/))[1]);
		const { stdout } = await run("curl", ["-ksS", `https://127.0.0.1:${port}/`]);
		expect(stdout).toMatch("HTTPS from XS");
	});
});

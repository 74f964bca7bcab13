// The Moddable SDK's own HTTP server over TLSListener, unchanged (row Z9). It is loaded from the SDK that MODDABLE names;
// without one there is nothing to test.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { run } from "../https";
import { CertificateFolder } from "./certificates";

const sdk = process.env.MODDABLE;
const folder = new CertificateFolder();
folder.leaf("server");

const suite = "Z9 the SDK's HTTP server over TLSListener";
const missing = sdk === undefined ? " (skipped: MODDABLE is not set)" : "";

(sdk === undefined ? describe.skip : describe)(`${suite}${missing}`, () => {
	let desk: Desk;
	let base: string;
	beforeAll(async () => {
		desk = startDesk({
			main: "host-tests/desk/programs/sdk-server.js",
			modules: {
				"platform/": "build/js/modules/platform/desk",
				"text/": "build/js/modules/text",
				"tls/": "build/js/modules/tls",
				"sdk/": join(sdk as string, "examples/io/listener")
			},
			resources: [folder.path]
		});
		const [, port] = await desk.waitForLine(/listening on (\d+)/);
		base = `https://localhost:${port}`;
	});
	afterAll(() => desk.stop());

	const curl = (...parameters: string[]) => run("curl", ["-sS", "--cacert", folder.file("ca.pem"), ...parameters]);

	test.each(["--tlsv1.3", "--tls-max 1.2"])("Z9 curl %s is sent a page", async version => {
		const { status, stdout, stderr } = await curl(...version.split(" "), `${base}/`);
		expect([status, stdout, stderr]).toEqual([0, "a page of the SDK's server", ""]);
	});

	test("Z9 100,000 bytes arrive at it", async () => {
		const { stdout } = await curl("--data-binary", "x".repeat(100_000), `${base}/upload`);
		expect(stdout).toBe("100000 bytes");
	});
});

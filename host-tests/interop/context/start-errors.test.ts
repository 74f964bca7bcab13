import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { identityFolder } from "../identities";

/** Starts the demo firmware with what is wrong, and returns the lines that it printed before it gave up. */
async function failToStart(options: { identities?: string; main?: string; resources?: string[]; port?: number }) {
	const desk = startDesk({
		main: options.main ?? "build/js/host-tests/programs/server/https-server.js",
		resources: options.resources ?? [identityFolder],
		config: { identities: options.identities ?? "p256", port: options.port ?? 0 }
	});
	const { code } = await desk.exit;
	const lines = desk.output.trim().split("\n");
	return { code, lines };
}

test.each([
	["mismatch", /certificate and key: The private key does not belong to the certificate: give the pair/],
	["broken", /certificate and key: The certificate cannot be parsed: give X.509 in PEM or DER/]
])("a %s identity ends with one line that says what to change", async (identities, line) => {
	const { code, lines } = await failToStart({ identities });
	expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(line)] });
});

test("a port in use ends with one line that names it", async () => {
	const blocker = createServer().listen(0, "127.0.0.1");
	await new Promise(resolve => blocker.once("listening", resolve));
	const { port } = blocker.address() as AddressInfo;
	const { code, lines } = await failToStart({ main: "build/js/main.js", resources: ["build/identity"], port });
	blocker.close();
	expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(new RegExp(`Port ${port} is in use`))] });
});

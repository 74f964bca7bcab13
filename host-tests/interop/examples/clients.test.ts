// Examples of the SDK's clients: mosquitto, and Node's https that counts whole handshakes. MQTT's is loaded from the SDK that
// MODDABLE names, and so is HTTP's where it is set.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startMQTT } from "../client/sdk-peers";
import { identities, makeIdentities, runExample } from "./example";

const sdk = process.env.MODDABLE;
const [withSDK, why] = sdk === undefined ? [test.skip, " (skipped: MODDABLE is not set)"] : [test, ""];

describe("examples of clients", () => {
	const folder = mkdtempSync(join(tmpdir(), "examples-"));
	beforeAll(makeIdentities);
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	withSDK(`C2 C6 Z13 example mqtt: it hears what it has said, by way of mosquitto${why}`, async () => {
		const brokerPort = await startMQTT(identities);
		const desk = runExample("mqtt", { broker: "localhost", brokerPort, topic: "a/b" });
		await desk.waitForLine(/^Connected over TLS\na\/b: hello$/m);
		await desk.stop();
	});

	test("Z7 C6 Z13 example https-client: the second start resumes the session of the first", async () => {
		const resumed: boolean[] = [];
		const [cert, key] = ["server.pem", "server.key.pem"].map(name => readFileSync(join(identities, name)));
		const server = createServer({ cert, key }, (request, response) => {
			resumed.push((request.socket as TLSSocket).isSessionReused());
			response.end("0123456789");
		}).listen(0, "127.0.0.1");
		await new Promise(resolve => server.once("listening", resolve));
		const { port } = server.address() as AddressInfo;
		const config = { server: "localhost", serverPort: port, preferences: join(folder, "preferences") };
		for (const said of ["a whole handshake", "resumed"]) {
			const desk = runExample("https-client", config);
			await desk.exit;
			expect(desk.output).toMatch(new RegExp(`^TLSv1\\.3, ${said}\nStatus 200\n10 bytes$`, "m"));
		}
		expect(resumed).toEqual([false, true]);
		server.close();
	});
});

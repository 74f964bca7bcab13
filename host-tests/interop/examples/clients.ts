// Examples that connect: mosquitto hears one, and Node's https, which counts whole handshakes, the other.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { afterAll, expect } from "@jest/globals";
import { startMQTT } from "../client/sdk-peers";
import { identities, type Place } from "./example";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const mqtt = "C2 C6 Z13 example mqtt: it hears what it has said, by way of mosquitto";

/** By what is looked at. */
export const clients: Record<string, (place: Place) => Promise<void>> = {
	async [mqtt]({ run, host }) {
		const brokerPort = await startMQTT(identities);
		const client = await run("mqtt", { broker: host, brokerPort, topic: "a/b" });
		await client.waitForLine(/^Connected over TLS\na\/b: hello$/m);
		await client.stop();
	},

	async "Z7 C6 Z13 example https-client: the second start resumes the session of the first"({ run, host }) {
		const resumed: boolean[] = [];
		const [cert, key] = ["server.pem", "server.key.pem"].map(name => readFileSync(join(identities, name)));
		const server = createServer({ cert, key }, (request, response) => {
			resumed.push((request.socket as TLSSocket).isSessionReused());
			response.end("0123456789");
		}).listen(0, "127.0.0.1");
		await new Promise(resolve => server.once("listening", resolve));
		const { port } = server.address() as AddressInfo;
		const config = { server: host, serverPort: port, preferences: join(folder, "preferences") };
		for (const said of ["a whole handshake", "resumed"]) {
			const client = await run("https-client", config);
			await client.waitForLine(new RegExp(`^TLSv1\\.3, ${said}\nStatus 200\n10 bytes$`, "m"));
			await client.stop();
		}
		expect(resumed).toEqual([false, true]);
		server.close();
	}
};

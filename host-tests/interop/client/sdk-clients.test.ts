// The Moddable SDK's own HTTP, WebSocket and MQTT clients over TLSSocket, unchanged (rows C6, Z9). They are loaded from
// the SDK that MODDABLE names; without one there is nothing to test.

import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { CertificateFolder } from "./certificates";
import { expected, startHTTPS, startMQTT, startWebSocket } from "./sdk-peers";

const sdk = process.env.MODDABLE;
const folder = new CertificateFolder();
folder.leaf("server");

const title = "C6 Z9 on the desk";
const [group, name] =
	sdk === undefined ? [describe.skip, `${title} (skipped: MODDABLE is not set)`] : [describe, title];
group(name, () => {
	const ports = { http: 0, webSocket: 0, mqtt: 0 };
	let connections: Set<unknown>;
	beforeAll(async () => {
		const server = await startHTTPS(folder.path);
		connections = server.connections;
		ports.http = server.port;
		ports.webSocket = await startWebSocket(folder.path);
		ports.mqtt = await startMQTT(folder.path);
	});

	test.each([
		["HTTP client against Node's https", "http"],
		["WebSocket client against Python's websockets", "webSocket"],
		["MQTT client against mosquitto", "mqtt"]
	] as const)("C6 Z9 %s", async (_, client) => {
		const desk = startDesk({
			main: "host-tests/desk/programs/sdk-clients.js",
			modules: {
				"platform/": "build/js/modules/platform/desk",
				"text/": "build/js/modules/text",
				"tls/": "build/js/modules/tls",
				"programs/": "host-tests/desk/programs",
				"sdk/": join(sdk as string, "examples/io/tcp")
			},
			preload: ["programs/sdk-built-ins"],
			resources: [folder.path],
			config: { clients: `${client}:${ports[client]}` }
		});
		await desk.exit;
		const lines = desk.output.trimEnd().split("\n");
		expect(lines.filter(line => !line.startsWith("control "))).toEqual(expected[client]);
	});

	test("C6 the HTTP client's three requests took one connection", () => {
		expect(connections.size).toBe(1);
	});
});

// The Moddable SDK's own HTTP, WebSocket and MQTT clients over TLSSocket, unchanged (rows C6, Z9). They are loaded from
// the SDK that MODDABLE names; without one there is nothing to test.

import { writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { CertificateFolder } from "./certificates";
import { freePort, startPeer } from "./peers";

const sdk = process.env.MODDABLE;
const withSDK = sdk === undefined ? test.skip : test;
const folder = new CertificateFolder();
folder.leaf("server");

async function runSDKClient(client: string, port: number): Promise<string> {
	const desk = startDesk({
		main: "host-tests/desk/programs/sdk-clients.js",
		modules: { "tls/": "build/js/modules/tls", "sdk/": join(sdk as string, "examples/io/tcp") },
		resources: [folder.path],
		config: { client, port }
	});
	await desk.exit;
	return desk.output;
}

withSDK("C6 Z9 HTTP client: three requests on one connection to Node's https", async () => {
	const connections = new Set<unknown>();
	const credentials = { cert: folder.read("server.pem"), key: folder.read("server.key.pem") };
	const server = createServer(credentials, (request, response) => {
		connections.add(request.socket);
		if (request.url === "/big") response.end(Buffer.alloc(100_000, "x"));
		else response.write(`page ${request.url}`, () => response.end());
	}).listen(0, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve));
	const output = await runSDKClient("http", (server.address() as AddressInfo).port);
	server.close();
	expect(output).toBe("status 200\ndone  page /one 9\nstatus 200\ndone  page /two 9\nstatus 200\ndone   100000\n");
	expect(connections.size).toBe(1);
});

withSDK("C6 Z9 WebSocket client against Python's websockets", async () => {
	const port = await freePort();
	const program = [
		"import asyncio, ssl, websockets",
		"async def echo(socket, path=None):",
		"    async for message in socket: await socket.send(message)",
		"async def main():",
		"    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)",
		"    context.load_cert_chain('server.pem', 'server.key.pem')",
		`    async with websockets.serve(echo, '127.0.0.1', ${port}, ssl=context, compression=None):`,
		"        print('ready', flush=True)",
		"        await asyncio.Future()",
		"asyncio.run(main())"
	];
	await startPeer(folder.path, "/usr/bin/python3", ["-c", program.join("\n")], /ready/);
	const output = await runSDKClient("webSocket", port);
	expect(output).toMatch(/^message hello\nmessages 10005\n(control 8\n)?closed\n$/);
});

withSDK("C6 Z9 MQTT client against mosquitto", async () => {
	const port = await freePort();
	const config = [
		// Started by root it would otherwise become somebody who cannot read the key.
		"user root",
		`listener ${port} 127.0.0.1`,
		"allow_anonymous true",
		"cafile ca.pem",
		"certfile server.pem",
		"keyfile server.key.pem"
	];
	writeFileSync(folder.file("mosquitto.conf"), `${config.join("\n")}\n`);
	await startPeer(folder.path, "/usr/sbin/mosquitto", ["-c", "mosquitto.conf"], /running/);
	expect(await runSDKClient("mqtt", port)).toMatch(/message a\/b hello\n$/);
});

// Servers for the SDK's HTTP, WebSocket and MQTT clients: Node's https, Python's websockets, mosquitto.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port";
import { closers, startPeer } from "./peers";

/** Certificates: `ca.pem`, `server.pem` and `server.key.pem`. */
export type Folder = string;

/** What is to be seen when `host-tests/desk/programs/sdk-clients.js` has come to its end. */
export const expected = {
	http: ["status 200", "done  page /one 9", "status 200", "done  page /two 9", "status 200", "done   100000"],
	webSocket: ["message hello", "messages 10005", "closed"],
	mqtt: ["message a/b hello"]
} as const;

export async function startHTTPS(folder: Folder): Promise<{ port: number; connections: Set<unknown> }> {
	const connections = new Set<unknown>();
	const cert = readFileSync(join(folder, "server.pem"));
	const server = createServer({ cert, key: readFileSync(join(folder, "server.key.pem")) }, (request, response) => {
		connections.add(request.socket);
		if (request.url === "/big") response.end(Buffer.alloc(100_000, "x"));
		else response.write(`page ${request.url}`, () => response.end());
	}).listen(0, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve));
	closers.add(() => {
		server.closeAllConnections();
		server.close();
	});
	return { port: (server.address() as AddressInfo).port, connections };
}

/** Sends back what it gets. */
export async function startWebSocket(folder: Folder): Promise<number> {
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
	await startPeer(folder, "/usr/bin/python3", ["-c", program.join("\n")], /ready/);
	return port;
}

export async function startMQTT(folder: Folder): Promise<number> {
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
	const own = mkdtempSync(join(tmpdir(), "mqtt-"));
	closers.add(() => rmSync(own, { recursive: true }));
	writeFileSync(join(own, "mosquitto.conf"), `${config.join("\n")}\n`);
	await startPeer(folder, "/usr/sbin/mosquitto", ["-c", join(own, "mosquitto.conf")], /running/);
	return port;
}

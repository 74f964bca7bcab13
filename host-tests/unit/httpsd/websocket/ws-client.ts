// A WebSocket client over the fake listener.

import { settle } from "../fake-socket";
import { connect } from "../harness";

export const sampleKey = "dGhlIHNhbXBsZSBub25jZQ==";

/** A request that opens a WebSocket, with these fields in the place of the usual ones; `null` leaves one out. */
export function opening(fields: Record<string, string | null> = {}, line = "GET /ws HTTP/1.1"): string {
	const usual: Record<string, string | null> = {
		Host: "a",
		Upgrade: "websocket",
		Connection: "Upgrade",
		"Sec-WebSocket-Key": sampleKey,
		"Sec-WebSocket-Version": "13"
	};
	const lines = Object.entries({ ...usual, ...fields }).filter(([, value]) => value !== null);
	return `${line}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** A client whose WebSocket at /ws is open. */
export async function openSocket(fields: Record<string, string | null> = {}) {
	const client = await connect();
	client.send(opening(fields));
	await settle();
	const head = client.take();
	if (!head.startsWith("HTTP/1.1 101 ")) throw new Error(`Not opened: ${head}`);
	return client;
}

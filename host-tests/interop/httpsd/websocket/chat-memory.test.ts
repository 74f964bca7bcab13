// Z12: a chat in a device's memory, among clients whose texts are six times as long in JSON. XS aborts without memory,
// which would end the host with status 3.

import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type TLSSocket } from "node:tls";
import { expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { frame } from "../../../unit/httpsd/websocket/ws-frames";
import { root, startDesk } from "../../desk";

const upgrade = [
	"GET /chat/socket HTTP/1.1",
	"Host: localhost",
	"Upgrade: websocket",
	"Connection: Upgrade",
	"Sec-WebSocket-Version: 13",
	"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
].join("\r\n");

/** A WebSocket, and what the chat answered when it was asked for. */
async function ask(port: number): Promise<{ socket: TLSSocket; answer: string }> {
	const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }).on("error", () => undefined);
	socket.write(upgrade);
	return { socket, answer: String((await once(socket, "data"))[0]) };
}

/** A WebSocket of the chat; asked for again where those that have gone still hold its memory, as a 503 says. */
async function enter(port: number): Promise<TLSSocket> {
	let asked = await ask(port);
	await until(async () => {
		if (!asked.answer.startsWith("HTTP/1.1 503")) return true;
		asked.socket.destroy();
		asked = await ask(port);
		return false;
	}, "room for another WebSocket");
	expect(asked.answer).toContain("101 Switching Protocols");
	return asked.socket;
}

test("Z12 the chat repeats of a text what its page would send, however long the text is in JSON", async () => {
	const desk = startDesk({
		variant: "device",
		platform: "esp32c3",
		main: "build/js/host-tests/programs/httpsd/chat-site.js",
		resources: ["build/identity"],
		options: ["--preload", join(root, "build/js/host-tests/programs/httpsd/chat-page")]
	});
	try {
		const port = Number((await desk.waitForLine(/Serving https:\/\/[^:]+:(\d+)/))[1]);
		for (let round = 0; round < 2; round++) {
			const sockets = [await enter(port), await enter(port), await enter(port)];
			for (const socket of sockets.slice(1)) socket.pause();
			for (let count = 0; count < 40; count++) {
				for (const socket of sockets) socket.write(frame(1, "\u0001".repeat(2000)));
				await sleep(15);
			}
			for (const socket of sockets) socket.destroy();
		}
		(await enter(port)).destroy();
		expect(desk.output).not.toContain("out of memory");
	} finally {
		await desk.stop();
	}
});

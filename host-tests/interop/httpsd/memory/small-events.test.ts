// Z12: of each event for a client who reads nothing there was a promise that it may be sent, until `maxBacklog` bytes waited: 110 of the shortest, 44 kB.
import { connect } from "node:tls";
import { expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { open, startSite } from "./client";

const head = (line: string) => `${line} HTTP/1.1\r\nHost: a\r\n\r\n`;

/** A client who asks for a stream and reads none of it. */
function listen(port: number) {
	const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
	return socket.on("error", () => {}).on("secureConnect", () => void socket.pause().write(head("GET /ticks")));
}

test("Z12 clients who read none of the shortest events are cut off by maxBacklog, and others are served", async () => {
	const { desk, port, stop } = await startSite("esp32c3", "memory-site", { isTicking: true });
	const sockets = [listen(port), listen(port)];
	let full = 0;
	const tick = async () => {
		const client = await open(port);
		await client.send(head("POST /tick"), text => text.endsWith("\n") || /\r\n\r\n\d/.test(text));
		full += Number(/\r\n\r\n(\d)/.exec(client.text)?.[1] ?? 0);
		client.close();
		return full >= 2;
	};
	await until(tick, () => `clients who do not read: ${desk.output}`);
	const client = await open(port);
	expect(await client.ask(head("GET /"))).toBe(200);
	client.close();
	for (const socket of sockets) socket.destroy();
	await stop();
});

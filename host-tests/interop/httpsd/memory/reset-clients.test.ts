// Z12: where there was room for one connection, the next was let in 100 ms behind each that came to nothing. So a client that connected and reset some
// ten times a second kept all others out, and was waited for long after it had left.
import { connect } from "node:net";
import { expect, test } from "@jest/globals";
import { open, startSite } from "./client";

const reset = (port: number) =>
	new Promise<void>(resolve => {
		const socket = connect(port, "127.0.0.1");
		socket.on("connect", () => socket.resetAndDestroy()).on("close", () => resolve());
		socket.on("error", () => {});
	});

test("Z12 who comes behind 400 connections that have been reset does not wait for each, though there is one place", async () => {
	const { port, stop } = await startSite("esp32c3", "memory-site", { kilobytes: 12 });
	await Promise.all(Array.from({ length: 400 }, () => reset(port)));
	const client = await open(port, 0);
	expect(await client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toBe(200);
	client.close();
	await stop();
});

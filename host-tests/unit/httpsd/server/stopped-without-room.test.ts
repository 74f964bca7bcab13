// Z12: a server that was stopped while a client waited for room in XS, started again, took no connection any more: the look that was to end the wait
// had ended with the server, and the wait had not.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Budget from "httpsd/memory/budget";
import { connect, pass, serve } from "../harness";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("Z12 a server that is stopped while a client waits for room takes connections when it is started again", async () => {
	let hasRoom = true;
	const budget = new Budget(100_000, 0, 0, undefined, 0, () => hasRoom);
	const server = serve({ ...{ budget } });
	server.get("/", (_, response) => response.send("good"));
	hasRoom = false;
	await connect();
	await pass(10);
	expect(server.peers.length).toBe(0);
	await server.stop();
	hasRoom = true;
	server.start();
	const client = await connect();
	await pass(1000);
	expect(server.peers.length).toBe(1);
	client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	await pass(0);
	expect(client.take()).toContain("good");
});

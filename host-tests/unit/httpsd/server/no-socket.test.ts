// Z12: a socket takes memory of the C heap, and where there is none a listener throws. That went on into TCP's callback, or a timer's, which ends XS.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { FakeListener } from "../fake-socket";
import { connect, pass, serve } from "../harness";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("Z12 a connection for whose socket there is no memory waits until there is some", async () => {
	const server = serve();
	server.get("/", (_, response) => response.send("good"));
	const errors: unknown[] = [];
	server.on("error", ({ error }) => errors.push(error));
	const listener = FakeListener.last;
	const { read } = listener;
	const none = new Error("No memory for a socket");
	listener.read = () => {
		throw none;
	};
	const client = await connect();
	await pass(250);
	expect([errors.length > 1, errors[0], server.peers.length]).toEqual([true, none, 0]);
	listener.read = read;
	await pass(100);
	expect(server.peers.length).toBe(1);
	client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	await pass(0);
	expect(client.take()).toContain("good");
});

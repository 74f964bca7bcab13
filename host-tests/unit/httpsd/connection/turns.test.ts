import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { connect, serve } from "../harness";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

test("Z2 a client that pipelines gives others their turn after requestsPerTurn, and is served to the end", async () => {
	const served: string[] = [];
	serve({ requestsPerTurn: 3 }).get("/:name", (request, response) => {
		served.push(request.path);
		response.send();
	});
	const [greedy, other] = [await connect(), await connect()];
	greedy.send(Array.from({ length: 8 }, (_, i) => get(`/${i}`)).join(""));
	other.send(get("/other"));
	expect(served).toEqual(["/0", "/1", "/2", "/other"]);
	jest.advanceTimersToNextTimer();
	expect(served).toEqual(["/0", "/1", "/2", "/other", "/3", "/4", "/5"]);
	jest.advanceTimersToNextTimer();
	expect(served.slice(-2)).toEqual(["/6", "/7"]);
});

test("nothing is done for a connection that closes before its next turn", async () => {
	const served: string[] = [];
	serve({ requestsPerTurn: 1 }).get("/:name", (request, response) => {
		served.push(request.path);
		response.send();
	});
	const client = await connect();
	client.send(get("/a") + get("/b"));
	client.leave();
	jest.advanceTimersToNextTimer();
	expect(served).toEqual(["/a"]);
});

test("B1 stop answers the next request of a client whose turn is over, with Connection: close", async () => {
	const server = serve({ requestsPerTurn: 1 });
	server.get("/:name", (request, response) => response.send(request.path));
	const client = await connect();
	client.send(get("/a") + get("/b"));
	server.stop();
	client.send(get("/c"));
	expect(client.closed).toBe(false);
	jest.advanceTimersToNextTimer();
	expect(client.take()).toMatch(/\/aHTTP\/1.1 200 OK\r\n(.*\r\n)*connection: close\r\n\r\n\/b$/);
});

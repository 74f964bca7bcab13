import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const post = (fields: string, body = "") => `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n${body}`;

describe("request body that does not come, over a fake listener", () => {
	afterEach(() => void jest.useRealTimers());

	test("content that does not come in time is 408", async () => {
		jest.useFakeTimers();
		serve({ bodyTimeout: 1000, minRate: 1 }).post("/", async (request, response) =>
			response.send(await request.text())
		);
		const client = await connect();
		client.send(post("Content-Length: 3", "a"));
		await settle();
		jest.advanceTimersByTime(999);
		client.send("b");
		await settle();
		jest.advanceTimersByTime(999);
		expect(client.take()).toBe("");
		jest.advanceTimersByTime(1);
		await settle();
		expect(parse(client.take())).toMatchObject({ status: 408, headers: { connection: "close" } });
	});

	test("a handler that catches the 408 and does not answer: the server does", async () => {
		jest.useFakeTimers();
		const caught: unknown[] = [];
		serve({ bodyTimeout: 1000, responseTimeout: 5000 }).post("/", async request => {
			await request.text().catch(error => caught.push(error.code));
		});
		const client = await connect();
		client.send(post("Content-Length: 3", "a"));
		await settle();
		jest.advanceTimersByTime(2000);
		await settle();
		expect([caught, client.take()]).toEqual([["BODY_TIMEOUT"], ""]);
		jest.advanceTimersByTime(5000);
		await settle();
		expect(parse(client.take())).toMatchObject({ status: 503, headers: { connection: "close" } });
	});

	test("a client that leaves within its body rejects the read, without an error event", async () => {
		const codes: unknown[] = [];
		const server = serve();
		server.on("error", event => codes.push(event));
		server.post("/", async (request, response) => {
			await request.text().catch(error => codes.push(error.code));
			response.send("never seen");
			codes.push(response.gone);
		});
		const client = await connect();
		client.send(post("Content-Length: 3", "a"));
		client.leave();
		await settle();
		expect(codes).toEqual(["CLIENT_GONE", true]);
	});
});

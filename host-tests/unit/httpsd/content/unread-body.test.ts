// Content that is not read when the response is complete is thrown away: who reads it then is told, and does not wait.

import { beforeEach, describe, expect, test } from "@jest/globals";
import type Request from "httpsd/request";
import type Response from "httpsd/response";
import { settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";

const framings = [
	["a length", "Content-Length: 6", "abc", "def"],
	["chunks", "Transfer-Encoding: chunked", "3\r\nabc\r\n", "3\r\ndef\r\n0\r\n\r\n"]
] as const;
const post = (field: string) => `POST / HTTP/1.1\r\nHost: a\r\n${field}\r\n\r\n`;
const discarded = { code: "BODY_DISCARDED" };

describe.each(framings)(
	"content behind a complete response, over a fake listener, with %s",
	(_, field, first, second) => {
		let request: Request;
		let response: Response;
		beforeEach(
			() =>
				void serve().post("/", (asked, answer) => {
					request = asked;
					response = answer;
				})
		);

		test("a reader gets what had come when the response was completed, then an error", async () => {
			const client = await connect();
			client.send(post(field) + first);
			expect(await request.body.read()).toHaveProperty("byteLength", 3);
			const next = request.body.read();
			response.send("early");
			await expect(next).rejects.toMatchObject(discarded);
			client.send(second);
			const isKept = field.startsWith("Content-Length");
			const { status, headers, body } = parse(client.take());
			expect([status, headers.connection, body]).toEqual([200, isKept ? undefined : "close", "early"]);
			if (!isKept) return;
			client.send(post(field) + first + second);
			expect(await request.text()).toBe("abcdef");
		});

		test("a read after the response is an error, and not an empty text", async () => {
			const client = await connect();
			client.send(post(field) + first);
			response.send("early");
			await expect(request.text()).rejects.toMatchObject(discarded);
			client.send(second);
			await settle();
			await expect(request.body.read()).rejects.toMatchObject(discarded);
		});

		test("all of it that had been read before is the handler's", async () => {
			const client = await connect();
			client.send(post(field) + first + second);
			expect(await request.text()).toBe("abcdef");
			response.send("done");
			expect(await request.body.read()).toBe(undefined);
		});
	}
);

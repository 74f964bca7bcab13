// Z12: of a request's target three texts may be made, which a handler that waits keeps: of a long one they were not charged.
import { expect, test } from "@jest/globals";
import type Request from "httpsd/request";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";

const maxKeptHead = 512;
const maxRequestLine = 1024;
const line = "GET  HTTP/1.1".length;
const fields = "\r\nHost: a\r\n";

/** Bytes of a target whose head is kept just so, and of the longest. */
const kept = maxKeptHead - line - fields.length;
const longest = maxRequestLine - line;
test.each([kept - 1, kept, kept + 1, longest - 1, longest])(
	"Z12 the texts of a target of %d bytes are charged, with a long path and with a long query",
	async n => {
		for (const target of [`/${"a".repeat(n - 2)}?`, `/?${"a".repeat(n - 2)}`]) {
			const server = serve({ maxKeptHead, maxRequestLine });
			let texts: string[] = [];
			server.use("/", (request: Request) => {
				texts = [request.target, request.path, request.search];
				return new Promise(() => {});
			});
			const client = await connect();
			client.send(`GET ${target} HTTP/1.1${fields}\r\n`);
			await settle();
			expect(texts.join("").length).toBe(2 * n - 1);
			expect(server.memory.used).toBeGreaterThanOrEqual(2 * n - 1);
			for (const peer of server.peers) peer.destroy();
			await settle();
		}
	}
);

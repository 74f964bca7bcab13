import { afterEach, describe, expect, test } from "@jest/globals";
import type Server from "httpsd/server";
import { acceptKey } from "httpsd/websocket/handshake";
import { settle } from "../fake-socket";
import { ask, connect, parse, serve } from "../harness";
import { opening, sampleKey } from "./ws-client";

let server: Server;
const start = (options: Parameters<Server["websocket"]>[1] = {}) => {
	server = serve();
	return server.websocket("/ws", options);
};
afterEach(() => void server.stop());

test("Sec-WebSocket-Accept is that of RFC 6455 §1.3", () => {
	start();
	expect(acceptKey(sampleKey)).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
});

describe("Z8 WebSocket handshake", () => {
	test.each([
		["as browsers say it", {}],
		["tokens in any case, among others", { Upgrade: "h2c, WebSocket", Connection: "keep-alive, UPGRADE" }],
		[
			"an extension, which is not agreed on",
			{ "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" }
		],
		["the page's own origin", { Origin: "http://a" }]
	])("is accepted: %s", async (_, fields) => {
		start();
		expect(parse(await ask(opening(fields)))).toMatchObject({
			status: 101,
			headers: { upgrade: "websocket", connection: "upgrade", "sec-websocket-accept": acceptKey(sampleKey) }
		});
	});

	test.each<[string, number, Record<string, string | null>, string?]>([
		["no Upgrade", 426, { Upgrade: null }],
		["another protocol", 426, { Upgrade: "h2c" }],
		["version 8", 426, { "Sec-WebSocket-Version": "8" }],
		["version 0", 426, { "Sec-WebSocket-Version": "0" }],
		["no version", 400, { "Sec-WebSocket-Version": null }],
		["two versions", 400, { "Sec-WebSocket-Version": "13, 8" }],
		["version with a zero before", 400, { "Sec-WebSocket-Version": "013" }],
		["Connection does not say so", 400, { Connection: "keep-alive" }],
		["no Connection", 400, { Connection: null }],
		["no key", 400, { "Sec-WebSocket-Key": null }],
		["empty key", 400, { "Sec-WebSocket-Key": "" }],
		["key of 15 bytes", 400, { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25j" }],
		["key of 17 bytes", 400, { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZTE=" }],
		["key with bits behind its end", 400, { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZR==" }],
		["key that is no base64", 400, { "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25j*Q==" }],
		["key twice", 400, { "Sec-WebSocket-Key": `${sampleKey}\r\nSec-WebSocket-Key: ${sampleKey}` }],
		["subprotocol that is no token", 400, { "Sec-WebSocket-Protocol": "a b" }],
		["empty subprotocol", 400, { "Sec-WebSocket-Protocol": "a,,b" }],
		["one subprotocol twice", 400, { "Sec-WebSocket-Protocol": "a\r\nSec-WebSocket-Protocol: a" }],
		["content", 400, { "Content-Length": "1" }],
		["chunked content", 400, { "Transfer-Encoding": "chunked" }],
		["HTTP/1.0", 400, {}, "GET /ws HTTP/1.0"],
		["HEAD", 400, {}, "HEAD /ws HTTP/1.1"],
		["POST", 405, {}, "POST /ws HTTP/1.1"],
		["foreign origin", 403, { Origin: "http://evil" }],
		["origin of the same host by another scheme", 403, { Origin: "https://a" }],
		["opaque origin", 403, { Origin: "null" }],
		["two origins", 400, { Origin: "http://a\r\nOrigin: http://a" }]
	])("is refused: %s is %i", async (...[, status, fields, line]) => {
		start();
		const { status: got, headers } = parse(await ask(opening(fields, line)));
		expect(got).toBe(status);
		if (status === 426) expect(headers).toMatchObject({ upgrade: "websocket", "sec-websocket-version": "13" });
	});

	test("the subprotocol that the server prefers, or none", async () => {
		const endpoint = start({ protocols: ["v2", "v1"] });
		const fields = { "Sec-WebSocket-Protocol": "v1, v2, v3" };
		expect(parse(await ask(opening(fields))).headers["sec-websocket-protocol"]).toBe("v2");
		expect(parse(await ask(opening({ "Sec-WebSocket-Protocol": "v3" }))).headers["sec-websocket-protocol"]).toBe(
			undefined
		);
		expect([...endpoint.clients].map(socket => socket.protocol)).toEqual(["v2", ""]);
	});

	test("origins by list and by function", async () => {
		const endpoint = start({ origin: ["https://b"] });
		const status = async (origin: string | null) => parse(await ask(opening({ Origin: origin }))).status;
		expect([await status("https://b"), await status("http://a"), await status(null)]).toEqual([101, 403, 101]);
		endpoint.unregister();
		server.websocket("/ws", { origin: origin => origin !== undefined });
		expect([await status("https://c"), await status(null)]).toEqual([101, 403]);
	});

	test("a filter refuses before, and fields that it set are sent", async () => {
		start();
		server.use("/ws", (_, response) => void response.header("x-seen", "yes"));
		expect(parse(await ask(opening())).headers["x-seen"]).toBe("yes");
		server.use("/ws", (_, response) => response.status(401).send());
		const client = await connect();
		client.send(opening() + opening());
		await settle();
		expect(client.take().match(/HTTP\/1.1 401/g)).toHaveLength(2);
	});
});

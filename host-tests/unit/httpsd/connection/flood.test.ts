// Few bytes can be costly, and a client can send them without end: others have their turn all the same.

import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type Response from "httpsd/response";
import type Server from "httpsd/server";
import { type FakeClient, settle } from "../fake-socket";
import { connect, parse, serve } from "../harness";
import { openSocket } from "../websocket/ws-client";
import { frame } from "../websocket/ws-frames";

const post = (path: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`;

describe("Z2 floods over a fake listener", () => {
	let server: Server;
	let taken: number;
	beforeEach(() => {
		jest.useFakeTimers();
		taken = 0;
		server = serve({ bytesPerTurn: 2000, readSize: 600, maxAhead: 1 });
		server.get("/", (_, response) => response.send("x"));
		server.websocket("/ws", { message: () => void taken++, ping: () => void taken++, pong: () => void taken++ });
		server.post("/begun", begin);
		server.post("/", async (request, response) => {
			for await (const piece of request.body) taken += piece.byteLength;
			response.send("done");
		});
	});
	afterEach(() => void jest.useRealTimers());
	// Has promised to keep the connection, and reads nothing.
	const begin = (_: unknown, response: Response) => {
		void response.write("x");
		response.end();
	};

	/** What had been taken at the end of each turn. */
	async function turnsOf(client: FakeClient, flood: string | Uint8Array): Promise<number[]> {
		const turns: number[] = [];
		const other = await connect();
		client.send(flood);
		for (;;) {
			for (let round = 0; round < 4; round++) await settle();
			if (turns.at(-1) === taken) return turns;
			turns.push(taken);
			other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
			expect(parse(other.take()).body).toBe("x");
			jest.advanceTimersToNextTimer();
		}
	}

	test.each([
		["empty messages", 1],
		["Pings", 9],
		["Pongs", 10]
	])("%s are taken a few in a turn", async (_, opcode) => {
		const turns = await turnsOf(await openSocket(), Buffer.concat(Array.from({ length: 50 }, () => frame(opcode))));
		expect(turns.slice(0, 3)).toEqual([8, 16, 24]);
		expect(turns.at(-1)).toBe(50);
	});

	test("empty fragments are read a few in a turn, and the message is whole in the end", async () => {
		const fragments = [frame(1, "a", { fin: false }), ...Array(60).fill(frame(0, "", { fin: false })), frame(0, "b")];
		const client = await openSocket();
		client.send(Buffer.concat(fragments));
		expect(taken).toBe(0);
		for (let turn = 0; turn < 9; turn++) jest.advanceTimersToNextTimer();
		expect(taken).toBe(1);
	});

	test("chunks of a byte are read a few in a turn, in one piece", async () => {
		const client = await connect();
		client.send(post("/"));
		const turns = await turnsOf(client, `${"1\r\nx\r\n".repeat(500)}0\r\n\r\n`);
		expect(turns).toEqual([64, 100, 164, 200, 264, 300, 364, 400, 464, 500]);
		expect(parse(client.take()).body).toBe("done");
	});

	test("content that is not read is discarded a part in a turn", async () => {
		const client = await connect();
		client.send(post("/begun"));
		client.send(`${"1\r\nx\r\n".repeat(300)}0\r\n\r\n`);
		const left = [client.available];
		for (let turn = 0; turn < 3; turn++) {
			jest.advanceTimersToNextTimer();
			left.push(client.available);
		}
		expect(left).toEqual([1205, 1205, 605, 605]);
	});

	test("content is read bytesPerTurn in a turn, to the end", async () => {
		const client = await connect();
		client.send(post("/").replace("Transfer-Encoding: chunked", "Content-Length: 5000"));
		expect(await turnsOf(client, "x".repeat(5000))).toEqual([2400, 4800, 5000]);
		expect(parse(client.take()).body).toBe("done");
	});

	test("a part that is made of starts of its delimiter is decoded a piece in a turn", async () => {
		server = serve({ readSize: 4000, maxAhead: 1 });
		server.get("/", (_, response) => response.send("x"));
		server.post("/begun", begin);
		server.post("/", async (request, response) => {
			for await (const part of request.parts()) for await (const piece of part) taken += piece.byteLength;
			response.send("done");
		});
		const near = `\r\n--${"B".repeat(69)}`;
		const head = `--${"B".repeat(70)}\r\nContent-Disposition: form-data; name=a\r\n\r\n`;
		const content = near.repeat(150);
		const client = await connect();
		const type = `Content-Type: multipart/form-data; boundary=${"B".repeat(70)}`;
		const text = `${head}${content}${near}B--`;
		client.send(`POST / HTTP/1.1\r\nHost: a\r\n${type}\r\nContent-Length: ${text.length}\r\n\r\n`);
		expect(await turnsOf(client, text)).toEqual([0, 3869, 7811, content.length]);
		expect([taken, parse(client.take()).body]).toEqual([content.length, "done"]);
	});
});

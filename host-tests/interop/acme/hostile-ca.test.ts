// What a CA that means no good, or is out of order, can do on the wire to a device of an ESP32-C3's memory: it says why there is
// no certificate, and goes on with room to spare. The CA is made up to force this.

import { createServer } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { closers } from "../client/peers";
import { freePort } from "../free-port";
import { type Fault, say, sayDirectory, sayForEver } from "./fault-ca";
import { order, room } from "./fault-order";

const status = "HTTP/1.1 200 OK\r\n";

const atDirectory =
	(answer: (socket: Parameters<Fault>[1]) => void): Fault =>
	(_, socket) =>
		answer(socket);
const atNonce =
	(fields: string): Fault =>
	(path, socket, base) => {
		if (path === "/dir") sayDirectory(socket, base);
		else say(socket, "", fields);
	};
const distinct = (count: number) => count.toString(36);

describe("Z17 Z12 without end", () => {
	test.each<[string, Fault, string]>([
		[
			"fields of a head",
			atDirectory(socket => {
				socket.write(status);
				sayForEver(socket, count => `${distinct(count)}:\r\n`);
			}),
			"ANSWER_SIZE"
		],
		[
			"a line of a head",
			atDirectory(socket => {
				socket.write(`${status}x: `);
				sayForEver(socket, () => "y".repeat(1000));
			}),
			"ANSWER_SIZE"
		],
		["a status line", atDirectory(socket => sayForEver(socket, () => "HTTP/1.1 ")), "ANSWER_SIZE"],
		[
			"content of no length",
			atDirectory(socket => {
				socket.write(`${status}\r\n`);
				sayForEver(socket, () => " ".repeat(1000));
			}),
			"ANSWER_SIZE"
		],
		[
			"chunks of a byte",
			atDirectory(socket => {
				socket.write(`${status}Transfer-Encoding: chunked\r\n\r\n`);
				sayForEver(socket, () => "1\r\n \r\n");
			}),
			"ANSWER_SIZE"
		],
		["a length", atDirectory(socket => socket.write(`${status}Content-Length: 9999999999\r\n\r\n{`)), "ANSWER_SIZE"],
		[
			"a length that is no number",
			atDirectory(socket => socket.write(`${status}Content-Length: 1${"0".repeat(30)}\r\n\r\n{`)),
			"ANSWER_INVALID"
		],
		["a nonce", atNonce(`Replay-Nonce: ${"n".repeat(3000)}\r\n`), "ANSWER_INVALID"],
		[
			"JSON of short values",
			atDirectory(socket => say(socket, `{"newNonce":[${"{},".repeat(1300)}{}]}`)),
			"ANSWER_INVALID"
		]
	])("Z17 Z12 %s", async (name, fault, code) => {
		const { least, ...failed } = await order(name, fault);
		expect(failed.code).toBe(code);
		expect(least).toBeGreaterThan(room);
	});

	test("Z17 each byte of a head, or of content, in time, and the whole never: half a minute", async () => {
		const slowly = async (name: string, head: string) => {
			const begin = Date.now();
			const slow = atDirectory(socket => {
				socket.write(head);
				const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write("a")), 100);
				closers.add(() => clearInterval(timer));
			});
			expect(await order(`slow ${name}`, slow)).toMatchObject({ code: "TIMEOUT", asked: ["/dir"] });
			expect(Date.now() - begin).toBeGreaterThan(29_000);
		};
		await Promise.all([slowly("head", status), slowly("content", `${status}Content-Length: 4000\r\n\r\n`)]);
	});
});

test("Z17 what is no HTTP, behind an answer over the same connection: the order fails, and holds no memory any more", async () => {
	const noise: Fault = (path, socket, base) => {
		if (path === "/dir") sayDirectory(socket, base);
		else if (path === "/newNonce") say(socket, "", "Replay-Nonce: abc\r\n");
		else socket.write("no HTTP\n".repeat(200));
	};
	expect((await order("noise", noise)).asked).toEqual(["/dir", "/newNonce", "/newAccount", "/newAccount"]);
});

test("Z17 a redirect is not followed, to plain HTTP or to an address of the house", async () => {
	const port = await freePort();
	let connections = 0;
	const neighbour = createServer(socket => {
		connections++;
		socket.destroy();
	}).listen(port, "127.0.0.1");
	closers.add(() => neighbour.close());
	for (const target of [`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`]) {
		const redirect = `HTTP/1.1 302 Found\r\nLocation: ${target}\r\nContent-Length: 0\r\n\r\n`;
		const fault: Fault = (_, socket) => socket.write(redirect);
		expect(await order(`to ${target.slice(0, 5)}`, fault)).toMatchObject({ code: "REFUSED", asked: ["/dir"] });
	}
	expect(connections).toBe(0);
});

test("Z17 a directory with URLs of another server: nobody is asked whom TLS does not trust", async () => {
	const port = await freePort();
	let asked = "";
	const neighbour = createServer(socket => {
		socket.on("data", piece => {
			asked += piece.toString("latin1");
		});
	});
	neighbour.listen(port, "127.0.0.1");
	closers.add(() => neighbour.close());
	const fault: Fault = (_, socket) => {
		const url = `https://127.0.0.1:${port}/reset`;
		say(socket, JSON.stringify({ newNonce: url, newAccount: url, newOrder: url }));
		setTimeout(() => neighbour.close(), 500);
	};
	const failed = order("elsewhere", fault);
	expect(["UNREACHABLE", "TIMEOUT"]).toContain((await failed).code);
	expect(asked).not.toContain("reset");
});

// Clients that leave behind bytes that nobody read, that flood, or that close their own direction only: on real XS.

import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import * as tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { caFile } from "../identities";
import { curl, type Site, startSite, variants } from "./site";
import { startWebSocketSite, type WebSocketSite } from "./websocket-site";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
const post = (path: string, fields: string) => `POST ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`;
const near = `\r\n--${"B".repeat(69)}`;
const form = `Content-Type: multipart/form-data; boundary=${"B".repeat(70)}\r\nContent-Length: 9000000`;
const floods: [string, string, string][] = [
	["chunks", post("/sum", "Transfer-Encoding: chunked").replace("POST", "PUT"), "1\r\na\r\n"],
	["chunks that nobody reads", post("/nowhere", "Transfer-Encoding: chunked"), "1\r\na\r\n"],
	["boundaries, nearly", `${post("/parts", form)}${near}B\r\nContent-Disposition: form-data; name=a\r\n\r\n`, near]
];

describe.each(variants)("clients that have left, on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant, { maxConnections: 4 });
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** All that comes to a client that sends a text and closes its own direction at once. */
	const halfClosed = (text: string) =>
		new Promise<string>((resolve, reject) => {
			let received = "";
			const socket = connect({ port: site.port, host: "127.0.0.1", allowHalfOpen: true }, () => socket.end(text));
			socket.on("data", chunk => {
				received += chunk;
			});
			socket.on("error", reject).on("end", () => resolve(received));
		});

	test("a client that closes its own direction behind its request gets all of a response that has begun", async () => {
		for (const path of ["/hello/you", "/units/65", "/big/2000000"]) {
			const received = await halfClosed(get(path));
			expect([path, received.slice(0, 15)]).toEqual([path, "HTTP/1.1 200 OK"]);
			if (path.startsWith("/big")) expect(received.endsWith("\r\n0\r\n\r\n")).toBe(true);
		}
		expect(await halfClosed(get("/later"))).toBe("");
	});

	test.each(["closes", "resets"])("B5 a client that sends much behind its request and %s is noticed", async how => {
		for (let count = 0; count < 4; count++) {
			const socket = connect({ port: site.port, host: "127.0.0.1" });
			await new Promise(resolve => socket.once("data", resolve).write(get("/ticks")));
			await new Promise(resolve => socket.write("x".repeat(9000), resolve));
			if (how === "closes") socket.destroy();
			else socket.resetAndDestroy();
		}
		expect(await curl(`${site.url}/hello/you`)).toBe("Hello, you");
	});

	test.each(floods)("Z2 others are served beside a flood of %s", async (_, head, unit) => {
		const flood = connect({ port: site.port, host: "127.0.0.1" });
		const block = unit.repeat(10_000);
		const fill = () => {
			while (!flood.destroyed && flood.write(block));
		};
		flood.on("error", () => {}).on("drain", fill);
		flood.write(head);
		fill();
		const start = performance.now();
		for (let round = 0; round < 5; round++) await curl(`${site.url}/hello/[1-2]`);
		expect(performance.now() - start).toBeLessThan(variant === "debug" ? 10_000 : 1500);
		flood.resetAndDestroy();
	});
});

describe.each(variants)("event streams whose clients have left, %s", variant => {
	let site: WebSocketSite;
	beforeAll(async () => {
		site = await startWebSocketSite(variant, { maxConnections: 4 });
	}, 30_000);
	afterAll(async () => {
		expect(await site.stop()).toEqual({ code: 0, signal: null });
	});

	const open = (text: string) =>
		new Promise<tls.TLSSocket & { tcp: Socket }>((resolve, reject) => {
			const ca = readFileSync(caFile);
			const tcp = connect({ port: site.port, host: "127.0.0.1" });
			const socket = Object.assign(tls.connect({ socket: tcp, servername: "localhost", ca }), { tcp });
			socket.on("error", reject).on("secureConnect", () => socket.write(text));
			socket.once("data", () => resolve(socket));
		});

	test.each(["closes", "resets"])(
		"a client that sends a byte and %s leaves its place to others",
		async how => {
			for (let round = 0; round < 6; round++) {
				const socket = await open(get("/silence"));
				socket.write("x");
				await new Promise(done => setTimeout(done, 20));
				if (how === "closes") socket.destroy();
				else socket.tcp.resetAndDestroy();
			}
			const last = await open(get("/silence"));
			last.destroy();
		},
		20_000
	);
});

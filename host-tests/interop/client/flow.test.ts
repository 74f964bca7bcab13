// Data and its end.

import { createConnection, type Socket } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { CertificateFolder } from "./certificates";
import { detailsIn, runClient, startClient } from "./client";
import { nodeTLS } from "./peers";

const folder = new CertificateFolder();
folder.leaf("server");
const MEGABYTE = 1_000_000;

describe.each(["TLSv1.2", "TLSv1.3"])("E7 E8 over %s", version => {
	test("E7 two megabytes up: nothing lost, and no faster than the reader", async () => {
		let count = 0;
		const { port } = await nodeTLS(folder, "server", socket => {
			socket.on("data", chunk => {
				count += chunk.length;
				socket.pause();
				setImmediate(() => socket.resume());
				if (count === 2 * MEGABYTE) socket.end("all");
			});
		});
		const output = await runClient(folder.path, port, { version, sendBytes: 2 * MEGABYTE });
		expect(output).toMatch(/received all\nended after 3\n$/);
	});

	test("E7 two megabytes down", async () => {
		const { port } = await nodeTLS(folder, "server", socket => socket.end(Buffer.alloc(2 * MEGABYTE, "x")));
		expect(await runClient(folder.path, port, { version, quiet: true })).toMatch(/ended after 2000000\n$/);
	});

	test("E8 the peer's close_notify is an orderly end", async () => {
		// Node sends no close_notify when it ends before it has sent its tickets.
		const { port } = await nodeTLS(folder, "server", socket => socket.on("data", () => socket.end("bye")));
		expect(await runClient(folder.path, port, { version, send: "hello" })).toMatch(/received bye\nended after 3\n$/);
	});

	test("E8 our close_notify is an orderly end, after all that was sent", async () => {
		let seen = "";
		const done = new Promise<void>(resolve => {
			nodeTLS(folder, "server", socket => {
				socket.on("data", chunk => {
					seen += chunk;
				});
				socket.on("end", () => {
					seen += "|end";
					resolve();
				});
			}).then(({ port }) => startClient(folder.path, port, { version, send: "last words", close: "connected" }));
		});
		await done;
		expect(seen).toBe("last words|end");
	});

	test("E8 TCP that ends without close_notify is TRUNCATED", async () => {
		const { port } = await nodeTLS(folder, "server", socket => socket.write("half"));
		const { createServer } = await import("node:net");
		const sockets: Socket[] = [];
		const cutter = createServer(socket => {
			const server = createConnection(port, "127.0.0.1");
			socket.on("error", () => {}).pipe(server.on("error", () => {}));
			server.on("data", chunk => socket.write(chunk));
			sockets.push(socket);
		}).listen(0, "127.0.0.1");
		await new Promise(resolve => cutter.once("listening", resolve));
		const { port: cut } = cutter.address() as { port: number };
		const client = startClient(folder.path, cut, { version });
		// The reader has had its bytes; then TCP ends in order, which TLS cannot know of.
		await client.waitForLine(/received half/);
		for (const socket of sockets) socket.end();
		await client.exit;
		cutter.close();
		expect(detailsIn(client.output).authorized).toBe(true);
		expect(client.output).toMatch(/received half\nerror TRUNCATED: .* after 4\n$/);
	});
});

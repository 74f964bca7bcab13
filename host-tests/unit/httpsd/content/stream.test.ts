import { describe, expect, test } from "@jest/globals";
import type { ContentSource } from "httpsd/content/source";
import { settle } from "../fake-socket";
import { ask, connect, parse, serve } from "../harness";

async function streamed(source: ContentSource): Promise<string> {
	serve().get("/", (_, response) => response.stream(source));
	const client = await connect();
	client.send("GET / HTTP/1.0\r\n\r\n");
	for (let turn = 0; turn < 5; turn++) await settle();
	return parse(client.take()).body;
}

describe("response.stream over a fake listener", () => {
	test("B11 from an iterator, an asynchronous one, a function", async () => {
		expect(await streamed(["a", new Uint8Array([98]), "c"])).toBe("abc");
		async function* make() {
			yield "1";
			yield "2";
		}
		expect(await streamed(make())).toBe("12");
		const pieces = ["x", "y"];
		expect(await streamed(async () => pieces.shift())).toBe("xy");
		expect(await streamed([])).toBe("");
	});

	test("B11 no faster than the client takes it, and not after it has left", async () => {
		let made = 0;
		serve({ highWater: 100 }).get("/", (_, response) => response.stream(() => `${made++}`.padStart(100)));
		const client = await connect();
		client.room = 250;
		client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		await settle();
		const before = made;
		expect(before).toBeLessThan(6);
		client.accept(100_000);
		await settle();
		expect(made).toBeGreaterThan(before);
		client.leave();
		await settle();
		const after = made;
		await settle();
		expect(made).toBe(after);
	});
});

describe("heads that leave before there is content, over a fake listener", () => {
	const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

	test("an empty write sends the head", async () => {
		serve().get("/", (_, response) => void response.write(""));
		expect(parse(await ask(get))).toMatchObject({ status: 200, headers: { "transfer-encoding": "chunked" }, body: "" });
	});

	test("a HEAD of an endless stream is answered once, and its handler ends as if the client had left", async () => {
		let written = 0;
		serve().get("/", async (_, response) => {
			while (!response.gone && ++written < 1000) await response.write("x");
			response.end();
		});
		const client = await connect();
		client.send(get.replace("GET", "HEAD"));
		client.send(get.replace("GET", "HEAD"));
		await settle();
		const head = /^HTTP\/1.1 200 OK\r\n(.*\r\n)*transfer-encoding: chunked\r\n\r\n/;
		const answers = client.take();
		expect([answers.split(head).at(-1), answers.match(/HTTP/g)?.length, written]).toEqual(["", 2, 2]);
	});
});

describe("filters over a fake listener", () => {
	test("B11 a filter guards its prefix, however the path is written; unregister opens it", async () => {
		const server = serve({ maxConnections: 20 });
		server.get("/admin/x", (_, response) => response.send("in"));
		server.get("/adminx", (_, response) => response.send("other"));
		const open = server.use("/admin", (_, response) => response.status(403).send());
		const status = async (path: string) => {
			const client = await connect();
			client.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
			await settle();
			return parse(client.take()).status;
		};
		for (const path of ["/admin/x", "/%61dmin/x", "/admin/%78", "/%61%64min/x", "http://a/admin/x", "/admin"])
			expect([path, await status(path)]).toEqual([path, 403]);
		for (const path of ["/admin/../admin/x", "/./admin/x", "/x/%2e%2e/admin/x"])
			expect([403, 400]).toContain(await status(path));
		expect([await status("/adminx"), await status("//admin/x"), await status("/ADMIN/x")]).toEqual([200, 404, 404]);
		open();
		expect(await status("/%61dmin/x")).toBe(200);
	});
});

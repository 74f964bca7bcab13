// A site over plain TCP for the interop tests of modules/httpsd. It prints its port, and the server's events.

import Listener from "embedded:io/socket/listener";
import { gc, memory } from "desk";
import { File } from "file";
import { basicAuth } from "httpsd/basic-auth";
import { bearerAuth } from "httpsd/bearer-auth";
import { digestAuth } from "httpsd/digest-auth";
import { memoryFiles, resourceFiles } from "httpsd/file-stores";
import { systemFiles } from "httpsd/file-system";
import { rateLimit } from "httpsd/filters/rate-limit";
import type Headers from "httpsd/headers";
import Server from "httpsd/server";
import config from "mc/config";
import Timer from "timer";

const { port, folder, ...limits } = config as { port?: number; folder?: string };
const server = new Server({ io: Listener, port: port ?? 0, ...limits });

server.content("/", "text/html;charset=utf-8", "<!doctype html><title>Site</title><p>Served by XS");
server.get("/hello/:name", (request, response) => response.send(`Hello, ${request.params.name}`));
server.get("/later", (_, response) => void Timer.set(() => response.send("later"), 50));
server.get("/fail", () => {
	throw new Error("internal words");
});
server.get("/big/:count", async (request, response) => {
	const piece = "0123456789abcdef".repeat(64);
	for (let left = Number(request.params.count); left > 0 && !response.gone; left -= piece.length)
		await response.write(piece.slice(0, left));
	response.end();
});
server.get("/ticks", async (_, response) => {
	while (!response.gone) {
		await response.write("tick\n");
		await new Promise<unknown>(resolve => Timer.set(resolve, 100));
	}
});
server.post("/echo", async (request, response) => {
	for await (const piece of request.body) await response.write(piece);
	response.end();
});
server.post("/trailers", async (request, response) => {
	for await (const piece of request.body) await response.write(piece);
	response.end("", request.body.trailers);
});
server.get("/raw", (_, response) => {
	const channel = response.upgrade("shout");
	if (channel === undefined) return;
	const process = () => {
		for (let bytes = channel.input.take(100); bytes !== undefined; bytes = channel.input.take(100)) {
			const text = String.fromArrayBuffer(bytes);
			channel.send(ArrayBuffer.fromString(text.toUpperCase()));
			if (text.endsWith(".")) channel.leave(false);
		}
	};
	channel.attach({ process, stop: () => channel.destroy(), closed: () => trace("raw connection ended\n") });
});
server.put("/sum", async (request, response) => {
	let bytes = 0;
	for await (const piece of request.body) bytes += piece.byteLength;
	response.json({ bytes, trailers: [...(request.body.trailers ?? [])] });
});
server.post("/json", async (request, response) => response.json(await request.json(["on", "level"])));
server.post("/form", async (request, response) => response.json([...(await request.form())]));
server.post("/skip", async (request, response) => {
	let count = 0;
	for await (const _ of request.parts()) count++;
	response.json(count);
});
server.post("/parts", async (request, response) => {
	const parts: string[] = [];
	for await (const part of request.parts()) parts.push(part.name, await part.text());
	response.json(parts);
});
server.post("/names", async (request, response) => {
	const parts: unknown[] = [];
	for await (const part of request.parts()) parts.push([part.name, part.filename, part.path, await part.text()]);
	response.json(parts);
});
server.get("/units/:units", (request, response) =>
	response.send(String.fromCharCode(...(request.params.units ?? "").split(",").map(Number)))
);
server.post("/text", async (request, response) => response.send(await request.text()));
server.files("/flash/", resourceFiles("flash/"));
server.use("/disk/private", (_, response) => response.status(401).send());
server.files("/disk/", systemFiles(File, `${folder}/`), { cacheControl: "no-store" });
server.files("/memory/", memoryFiles({ "page.html": "<p>page" }, { modified: Date.UTC(2025, 0, 2) }));
server.get("/names", ({ query, cookies }, response) => response.json([query.size, cookies.size]));
/** As those do who look for something in a value, while they have the others. */
const apart = (value: string) => [value.toLowerCase(), value.toUpperCase(), `${value}.`, `<${value}`];
const waysToRead: Record<string, (headers: Headers) => string[]> = {
	get: headers => [headers.get("x") ?? ""],
	all: headers => headers.getAll("x"),
	each: headers => [...headers].map(([, value]) => value),
	text: headers => [String(headers)]
};
server.get("/values/:way", ({ headers, params }, response) =>
	response.json(waysToRead[params.way ?? ""]?.(headers).flatMap(apart).length)
);
server.get("/memory", (_, response) => {
	gc();
	response.json({ ...memory(), peers: server.peers.length });
});
const users = { Mufasa: "Circle of Life", Jäsøn: "123£" };
server.use("/basic", basicAuth({ realm: "zoo", users }));
server.use("/digest", digestAuth({ realm: "zoo", users }));
server.use("/bearer", bearerAuth({ realm: "zoo", tokens: { ada: "mF_9.B5f-4.1JqM" } }));
server.use("/limited", rateLimit({ rate: 0.01, burst: 2 }));
for (const kind of ["basic", "digest", "bearer", "limited"])
	server.handle("*", `/${kind}/*`, async (request, response) =>
		response.send(`${request.user} sent ${(await request.bytes()).byteLength}`)
	);
server.get("/stop", (_, response) => {
	response.send("stopping");
	server.stop().then(() => server.start());
});

server.on("error", ({ error }) => trace(`error ${error}\n`));
server.on("disconnected", ({ peer, error }) => trace(`disconnected ${peer.id} ${error ?? ""}\n`));
server.on("start", event => trace(`port ${event.port}\n`));
server.start();

export function stop(): Promise<void> {
	return server.stop();
}

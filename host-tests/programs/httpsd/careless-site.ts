// A site whose handlers reject after they returned, for the interop tests of modules/httpsd: none of that may end XS.

import Listener from "embedded:io/socket/listener";
import HttpError from "httpsd/http-error";
import type Response from "httpsd/response";
import Server from "httpsd/server";
import config from "mc/config";
import Timer from "timer";

const { port, ...limits } = config as { port?: number };
const server = new Server({ io: Listener, port: port ?? 0, ...limits });

server.get("/", (_, response) => response.send("alive"));
server.handle("*", "/rest/*", (request, response) => response.json((request.params["*"] ?? "").split("/").length));
server.get("/cookies", (request, response) => response.json(request.cookies.size));
server.get("/query", (request, response) => response.json(request.query.size));
server.post("/text", async (request, response) => response.json((await request.text()).length));
server.post("/part", async (request, response) => {
	for await (const part of request.parts()) response.json((await part.bytes()).byteLength);
});
server.post("/pairs", async (request, response) => {
	let length = 0;
	for await (const [name, value] of request.fields()) length += name.length + value.length;
	response.json(length);
});
server.post("/json", async (request, response) => response.json(await request.json(["a", "["])));

async function reject(what: string): Promise<never> {
	await undefined;
	throw new Error(`${what} rejected`);
}

server.events("/events", () => reject("events"));
server.events("/events/close", stream => void Timer.set(() => stream.close(), 1), {
	close: () => reject("events close")
});
const ws = { origin: "any" } as const;
server.websocket("/open", { ...ws, open: () => reject("open") });
server.websocket("/message", { ...ws, message: () => reject("message") });
server.websocket("/ping", { ...ws, ping: () => reject("ping") });
server.websocket("/pong", { ...ws, pong: () => reject("pong") });
server.websocket("/close", { ...ws, close: () => reject("close") });
server.websocket("/closed", {
	...ws,
	message(socket) {
		socket.destroy();
		return reject("message after the end");
	}
});
server.get("/status/:status", ({ params }) => {
	throw new HttpError(Number(params.status), "STATUS", "thrown");
});
server.onStatus(418, () => reject("onStatus"));
server.on("connected", () => reject("connected"));
/** Resolves once the client has left. */
async function untilGone(response: Response): Promise<void> {
	while (!response.gone) await new Promise(resolve => Timer.set(resolve, 10));
}
server.post("/held", async (request, response) => {
	const body = request.text();
	const form = request.json([]);
	trace("held\n");
	await untilGone(response);
	trace(`held ${response.gone}\n`);
	response.send(`${await body} ${await form}`);
});
server.get("/untellable", async () => {
	throw Object.create(null);
});
server.get("/late", async (_, response) => {
	trace("late\n");
	await untilGone(response);
	throw new Error(`late ${response.gone}`);
});
server.on("error", () => reject("error"));
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.on("start", event => trace(`port ${event.port}\n`));
server.start();

export function stop(): Promise<void> {
	return server.stop();
}

// WebSockets and event streams over TLS, for the interop tests. It prints its port, and how each WebSocket ended.

import Resource from "Resource";
import { gc, memory } from "desk";
import Server from "httpsd/server";
import type WebSocket from "httpsd/websocket";
import config from "mc/config";
import Timer from "timer";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";

const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure: new TLSContext({ cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") }),
	maxConnections: 64,
	...(config as Record<string, number>)
});
const ended = (socket: WebSocket, code: number, reason: string) => {
	trace(`ended ${socket.peer.id} ${code} ${reason}\n`);
};

server.websocket("/ws", {
	protocols: ["echo.v2", "echo.v1"],
	message: (socket, data) => void socket.send(data),
	ping: (_, data) => trace(`ping ${String.fromArrayBuffer(data)}\n`),
	pong: (_, data) => trace(`pong ${String.fromArrayBuffer(data)}\n`),
	close: ended
});

/** Does what a message says: `close CODE REASON`, `ping TEXT`, `text CODE-UNITS`, `bytes COUNT`, `throw`. */
server.websocket("/do", {
	accepts: "text",
	message(socket, message) {
		const [verb, first = "", ...rest] = String(message).split(" ");
		if (verb === "close") socket.close(Number(first), rest.join(" "));
		else if (verb === "ping") socket.ping(ArrayBuffer.fromString(first));
		else if (verb === "text") socket.send(String.fromCharCode(...first.split(",").map(Number)));
		else if (verb === "bytes") socket.send(new Uint8Array(Number(first)).fill(7));
		else throw new Error("internal words");
	},
	pong: (socket, data) => void socket.send(`pong ${String.fromArrayBuffer(data)}`),
	close: ended
});

const room = server.websocket("/room", {
	open: (socket, request) => socket.subscribe(request.search),
	message(socket, data) {
		if (typeof data !== "string") room.broadcast(data);
		else room.broadcast(data, { topic: "red", except: socket });
	}
});

/** Numbers from the one after Last-Event-ID on, until the client leaves or, at each third, has to connect again. */
server.events(
	"/numbers",
	stream => {
		let next = Number(stream.lastEventId) + 1;
		const timer = Timer.repeat(() => {
			stream.send({ event: "number", id: String(next), data: `is\n${next}` });
			if (next++ % 3 === 0) stream.close();
		}, 20);
		stream.context = timer;
	},
	{ retry: 20, close: stream => Timer.clear(stream.context as Timer) }
);
server.events("/silence", () => {});
server.get("/heap", (_, response) => {
	gc();
	response.json({ clients: room.clients.size, peers: server.peers.length, ...memory() });
});
server.content("/", "text/html;charset=utf-8", "<!doctype html><title>Streams</title><link rel=icon href=data:,>");

server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	return server.stop();
}

// The site of memory-site.ts, with what is needed to hit limits of what is sent, exactly.

import type WebSocket from "httpsd/websocket";
import Timer from "timer";
import { server, stop } from "./memory-site";

export { stop };

/** Milliseconds. */
const later = 300;
const soon = 100;

server.get("/later", (_, response) => void Timer.set(() => response.send("good"), later));
server.get("/of/:length", (request, response) => response.send("x".repeat(Number(request.params.length) - headLength)));
/** That of the response above, whose length has three digits. */
const headLength = "HTTP/1.1 200 OK\r\nContent-Length: 000\r\nContent-Type: text/plain;charset=utf-8\r\n\r\n".length;

/** Sends bytes until exactly so many wait. */
function fill(socket: WebSocket, pending: number): void {
	while (socket.bufferedAmount === 0) socket.send(new Uint8Array(64));
	const left = pending - socket.bufferedAmount;
	// Of a longer message the header has 4 bytes.
	socket.send(new Uint8Array(left - (left < 128 ? 2 : 4)));
	if (socket.bufferedAmount !== pending) throw new Error(`${socket.bufferedAmount} bytes wait`);
}
server.websocket("/backlog", {
	message(socket, data) {
		fill(socket, Number(data));
		socket.send("x");
	}
});
server.websocket("/high-water", {
	message(socket, data) {
		fill(socket, Number(data));
		Timer.set(() => socket.send(socket.context === true ? "w" : "x"), soon);
	},
	writable: socket => {
		socket.context = true;
	}
});

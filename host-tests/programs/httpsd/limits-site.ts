// The site of memory-site.ts, with what is needed to hit limits of what is sent, exactly.

import type WebSocket from "httpsd/websocket";
import Timer from "timer";
import { server, stop } from "./memory-site";

export { stop };

/** Calls `then` when `isOver` has been true for so many turns of the event loop, however long a busy machine takes for them. */
function behindTurns(count: number, isOver: () => boolean, then: () => void): void {
	let turns = 0;
	const timer = Timer.repeat(() => {
		turns = isOver() ? turns + 1 : 0;
		if (turns < count) return;
		Timer.clear(timer);
		then();
	}, 5);
}

/** When what is read ahead has come. */
server.get("/later", (_, response) =>
	behindTurns(
		60,
		() => true,
		() => response.send("good")
	)
);
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
		behindTurns(
			20,
			() => socket.bufferedAmount === 0,
			() => socket.send(socket.context === true ? "w" : "x")
		);
	},
	writable: socket => {
		socket.context = true;
	}
});

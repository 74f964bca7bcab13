// A server without TLS whose one connection can be held in each state: what it takes of a device's memory is printed again and again, for
// nobody else could ask. Read by host-tests/desk/plain-states.mjs.

import Listener from "embedded:io/socket/listener";
import { type DeviceMemory, gc, memory } from "desk";
import Server from "httpsd/server";
import Timer from "timer";

/** Milliseconds between two looks. */
const pause = 100;

function print(step: string, peers = 0, charged = 0): void {
	gc();
	const { block, slots, chunks, stack, heap } = memory().device as DeviceMemory;
	const free = block.free + chunks.reserved - chunks.used;
	const figures = [free, slots.used, chunks.used, stack.deepest, heap.free, heap.lowestFree];
	trace(`${step}: ${JSON.stringify([...figures, charged, peers])}\n`);
}

print("before main.ts");
const server = new Server({ port: 0, io: Listener });
server.get("/", (_, response) => response.send("hello"));
let end: (() => void) | undefined;
/** Its handler goes on until the client leaves. */
server.get("/never", () => {
	trace("waiting\n");
	return new Promise<void>(done => {
		end = done;
	});
});
server.on("disconnected", () => end?.());
server.events("/events", stream => void stream.send("x"));
server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
print("with four routes");
server.start();
print("server started");
trace(`Serving http://localhost:${server.port}\n`);
const looking = Timer.repeat(() => print("now", server.peers.length, server.memory.used), pause);

export function stop(): Promise<void> {
	Timer.clear(looking);
	return server.stop();
}

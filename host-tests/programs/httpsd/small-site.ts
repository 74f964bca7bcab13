// A server without TLS for the siege of an ESP8266, whose memory holds no more: one of each way to make memory grow.

import Listener from "embedded:io/socket/listener";
import { type DeviceMemory, gc, memory } from "desk";
import Server from "httpsd/server";

const server = new Server({ port: 0, io: Listener });
server.get("/", (_, response) => response.send("good"));
server.post("/text", async (request, response) => response.send(`${(await request.text()).length}`));
server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
server.get("/figures", (_, response) => {
	gc();
	const { slots, chunks, stack, heap, block } = memory().device as DeviceMemory;
	response.json({
		places: server.peers.length,
		used: server.memory.used,
		most: server.memory.peak,
		slots: slots.used,
		chunks: chunks.used,
		blockLowest: block.lowestFree,
		heap: heap.size - heap.free,
		heapLowest: heap.lowestFree,
		stack: stack.deepest,
		stackSize: stack.size
	});
});
server.start();
trace(`listening on ${server.port}\n`);
trace(`at rest ${JSON.stringify(memory().device)}\n`);

export function stop(): Promise<void> {
	return server.stop();
}

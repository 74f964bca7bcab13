// A site on which clients can make all grow that they can anywhere, for the tests of `memory` on the device-sized desk.

import Resource from "Resource";
import { type DeviceMemory, gc, memory } from "desk";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { addRoutes } from "./siege-routes";

const server = new HTTPSServer({
	port: 0,
	...(config.limit === undefined ? {} : { memory: config.limit as number }),
	// For clients that leave what they have asked for: TCP tells so only behind what is not read.
	...(config.isImpatient === true ? { writeTimeout: 2000, busyBodyTimeout: 1000 } : {}),
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") }
});
server.get("/", (_, response) => response.send("good"));
server.post("/bytes", async (request, response) => response.send(`${(await request.bytes()).byteLength}`));
addRoutes(server, config.kilobytes === undefined ? 2 : Number(config.kilobytes));
server.get("/memory", (_, response) => {
	const device = memory().device;
	response.json({
		...server.memory,
		places: server.peers.length,
		lowest: device?.block.lowestFree,
		stack: device?.stack.deepest
	});
});
/** What is held when it is asked for and all garbage is collected: bytes. */
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
server.on("error", ({ error }) => trace(`error ${String(error)}\n`));
server.start();
trace(`listening on ${server.port}\n`);
trace(`at rest ${JSON.stringify(memory().device)}\n`);

export function stop(): Promise<void> {
	return server.stop();
}

import { type DeviceMemory, gc, memory } from "desk";
import type Server from "httpsd/server";

/** Answers `/figures` with what is held when it is asked for and all garbage is collected: bytes. */
function tellFigures(server: Server): void {
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
			heapLargest: heap.leastLargest,
			stack: stack.deepest,
			stackSize: stack.size
		});
	});
}

/** Starts it, with what it holds when nobody has come; it prints its port and its errors. */
export function serveWithFigures(server: Server): void {
	tellFigures(server);
	server.on("error", ({ error }) => trace(`error ${String(error)}\n`));
	server.start();
	trace(`listening on ${server.port}\n`);
	trace(`at rest ${JSON.stringify(memory().device)}\n`);
}

/** Ends it. Nothing may be charged once all connections have ended. */
export async function stopUncharged(server: Server): Promise<void> {
	await server.stop();
	const { used } = server.memory;
	trace(`charged at the end: ${used}\n`);
	if (used !== 0) throw new Error(`${used} bytes are charged to no connection`);
}

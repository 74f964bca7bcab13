// What a server takes of a device's memory, step by step: printed by host-tests/desk/device-figures.mjs.

import Resource from "Resource";
import { type DeviceMemory, memory } from "desk";
import HTTPSServer from "httpsd/https-server";
import Timer from "timer";
import TLSContext from "tls/context";

/** Milliseconds. */
const settled = 200;

function print(step: string): void {
	const { block, slots, chunks, stack, heap } = memory().device as DeviceMemory;
	const shares = [slots.used, chunks.used, stack.deepest];
	const free = block.free + chunks.reserved - chunks.used;
	trace(`${step}: ${JSON.stringify([free, ...shares, heap.free, heap.lowestFree])}\n`);
}

print("before main.ts");
const secure = new TLSContext({
	cert: new Resource("server.pem"),
	key: new Resource("server.key.pem"),
	ALPNProtocols: ["http/1.1"]
});
print("TLSContext");
const server = new HTTPSServer({ port: 0, secure });
server.get("/", (_request, response) => response.send("hello"));
server.start();
print("server started");
trace(`Serving https://localhost:${server.port}\n`);

let waiting: Timer | undefined;
server.on("connected", () => {
	if (waiting !== undefined) Timer.clear(waiting);
	waiting = Timer.set(() => {
		waiting = undefined;
		print(`connections: ${server.peers.length}`);
	}, settled);
});

export function stop(): Promise<void> {
	return server.stop();
}

// A server in a device's memory, much of whose C heap somebody else has taken. A plain listener says how much.

import Resource from "Resource";
import Listener from "embedded:io/socket/listener";
import { give, take } from "c-heap";
import { memory } from "desk";
import Server from "httpsd/server";
import Timer from "timer";
import TLSContext from "tls/context";
import { measureHeap } from "tls/heap";
import TLSListener from "tls/listener";

const header = 4;
/** Of blocks: the list of them takes XS's memory. */
const most = 100;
const blocks: number[] = [];

function giveAll(): void {
	for (const block of blocks.splice(0)) give(block);
}

/** Takes from the largest block until it is of `size` bytes at most; then nothing else is as large. */
function leaveBlock(size: number): void {
	for (let largest = measureHeap().largestBlock ?? 0; largest > size; largest = measureHeap().largestBlock ?? 0) {
		const block = blocks.length < most ? take(Math.max(largest - size - header, 12)) : undefined;
		if (block === undefined) return;
		blocks.push(block);
	}
}

/** Comes to pieces: every other one of many blocks is free. */
function breakUp(size: number): void {
	const all: number[] = [];
	// For XS, which takes some itself for the loop that gives back.
	const spare = take(1024);
	for (let block = take(size); block !== undefined; block = take(size)) all.push(block);
	if (spare !== undefined) give(spare);
	for (const [i, block] of all.entries())
		if (i % 2 === 0) give(block);
		else blocks.push(block);
}

const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure: new TLSContext({ cert: new Resource("p256.pem"), key: new Resource("p256.key.pem"), resumption: false }),
	// No test waits for them, and an emulated device on a busy machine makes one handshake after the other.
	...{ handshakeTimeout: 60_000, silenceTimeout: 60_000 },
	onError: (error: Error & { code?: string }) => trace(`refused ${error.code}\n`)
});
server.get("/", (_request, response) => response.send("served"));
server.start();

let turmoil: Timer | undefined;
const control = new Server({ io: Listener as never, port: 0, address: "127.0.0.1" });
control.post("/leave/:size", (request, response) => {
	giveAll();
	leaveBlock(Number(request.params.size));
	response.send(String(measureHeap().largestBlock));
});
control.post("/pieces/:size", (request, response) => {
	giveAll();
	breakUp(Number(request.params.size));
	response.send(`${measureHeap().free} ${measureHeap().largestBlock}`);
});
control.post("/give", (_request, response) => {
	if (turmoil !== undefined) Timer.clear(turmoil);
	giveAll();
	response.send("given");
});
/** From now on somebody takes nearly all and gives it back, every few milliseconds. */
control.post("/turmoil", (_request, response) => {
	turmoil = Timer.repeat(() => {
		giveAll();
		leaveBlock(5000 + Math.floor(Math.random() * 40_000));
	}, 3);
	response.send("begun");
});
control.get("/heap", (_request, response) => response.json(memory().device?.heap));
control.start();
trace(`served on ${server.port}\ncontrol on ${control.port}\n`);

export async function stop(): Promise<void> {
	await server.stop();
	await control.stop();
}

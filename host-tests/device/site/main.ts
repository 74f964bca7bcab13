// What the tests of an emulated chip talk to: the identity that it makes for itself, content both ways, and figures.

import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import PreferenceStore from "identity/preference-store";
import Time from "time";
import Timer from "timer";
import TLSContext, { type TLSContextOptions } from "tls/context";
import type { TLSDetails } from "tls/details";
import { measureHeap } from "tls/heap";
import { addRoutes } from "../../programs/httpsd/siege-routes";
import {
	collect,
	measureBlock,
	measureBusy,
	measureChunks,
	measureLowestHeap,
	measureSlots,
	measureTakenSlots,
	measureUnusedStack
} from "../chip";

const port = 443;
/** Where clients have to show a certificate, once somebody has said whose, or the server shows another. */
const guardedPort = 8444;

const identity = new DeviceIdentity({
	store: new PreferenceStore(),
	name: "localhost",
	onChange() {
		server.context = new TLSContext(identity.secure);
		trace(`identity ${identity.fingerprint}\n`);
	}
});
const server = new HTTPSServer({ port, secure: new TLSContext(identity.secure) });
let guarded: HTTPSServer | undefined;

server.get("/", (request, response) => response.json({ tls: request.tls, uptime: Time.ticks }));
server.get("/ca.crt", (_request, response) => response.send(identity.trustedPEM));

server.get("/bytes/:count", async (request, response) => {
	const piece = new ArrayBuffer(1024);
	for (let left = Number(request.params.count); left > 0 && !response.gone; left -= piece.byteLength)
		await response.write(left < piece.byteLength ? piece.slice(0, left) : piece, true);
	response.end();
});

server.post("/bytes", async (request, response) => {
	let length = 0;
	for await (const chunk of request.body) length += chunk.byteLength;
	response.json({ length });
});

/** For a siege, which asks for it first: what there is takes RAM, and is collected around at each request. */
let hasRoutes = false;
server.get("/routes", (_request, response) => {
	if (!hasRoutes) addRoutes(server, 2);
	hasRoutes = true;
	response.send();
});

/** Another after each restart. */
const boot = Math.random();

/** Bytes, when all garbage is collected, but for `boot`, `places` and the microseconds of `busy`. */
server.get("/figures", (_request, response) => {
	const busy = measureBusy();
	collect();
	const { free, largestBlock } = measureHeap();
	response.json({
		boot,
		places: server.peers.length,
		used: server.memory.used,
		most: server.memory.peak,
		slots: measureSlots(),
		takenSlots: measureTakenSlots(),
		chunks: measureChunks(),
		block: measureBlock(),
		free,
		largestBlock,
		heapLowest: measureLowestHeap(),
		unusedStack: measureUnusedStack(),
		busy
	});
});

/** Seconds since 1970. */
server.post("/time/:seconds", (request, response) => {
	Time.set(Number(request.params.seconds));
	response.json({ now: Date.now() });
});

async function guard(secure: TLSContextOptions): Promise<void> {
	await guarded?.stop();
	guarded = new HTTPSServer({ port: guardedPort, secure: new TLSContext(secure), maxConnections: 1 });
	guarded.get("/", (asked, answer) => answer.json({ authorized: (asked.tls as TLSDetails).authorized }));
	guarded.start();
}

/** The content is the CA of those who may come. */
server.post("/authority", async (request, response) => {
	await guard({ ...identity.secure, ca: await request.text(), requestCert: true });
	response.send();
});

/** The content is the certificate of another identity, which is served when its key comes. Together they are longer than content may be. */
let cert = "";
server.post("/certificate", async (request, response) => {
	cert = await request.text();
	response.send();
});
server.post("/key", async (request, response) => {
	await guard({ cert, key: await request.text() });
	response.send();
});

server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`identity ${identity.fingerprint}\nlistening on ${server.port}\n`);
// Whoever reads the serial port sees that it lives.
Timer.repeat(() => trace(`alive ${Time.ticks} ${measureHeap().free} ${measureBlock()}\n`), 10_000);

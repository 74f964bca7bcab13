// A site on which clients can make all grow that they can anywhere, for the tests of `memory` on the device-sized desk.

import Resource from "Resource";
import Listener from "embedded:io/socket/listener";
import { memory } from "desk";
import { dashboard } from "httpsd/dashboard";
import type EventStream from "httpsd/event-stream";
import HTTPSServer from "httpsd/https-server";
import Server from "httpsd/server";
import config from "mc/config";
import Timer from "timer";
import type { TLSDetails } from "tls/details";
import { serveWithFigures, stopUncharged } from "./figures";
import { addRoutes } from "./siege-routes";

/** Limits that a test sets, by their names. */
const given = Object.fromEntries(
	["memory", "maxConnections", "memoryTimeout", "busyBodyTimeout", "aheadTimeout", "maxFragments"].flatMap(name =>
		config[name] === undefined ? [] : [[name, Number(config[name])]]
	)
);
const options = {
	port: 0,
	...given,
	// For clients that leave what they have asked for: TCP tells so only behind what is not read.
	...(config.isImpatient === true ? { writeTimeout: 2000, busyBodyTimeout: 1000 } : {})
};
const secure = () => ({
	cert: new Resource("server.pem"),
	key: new Resource("server.key.pem"),
	...(config.requestCert === true ? { ca: new Resource("ca.pem"), requestCert: true, rejectUnauthorized: false } : {})
});
export const server: Server =
	config.isPlain === true
		? new Server({ io: Listener, ...options })
		: new HTTPSServer({ secure: secure(), ...options });
// As one that does not ask whether XS has room for a connection.
if (config.admitsAll === true)
	for (const name of ["hasRoomFor", "hasRoomForEstablished"] as const)
		Object.defineProperty(server.budget, name, { value: () => true });
server.get("/", (_, response) => response.send("good"));
server.post("/bytes", async (request, response) => response.send(`${(await request.bytes()).byteLength}`));

/** Events to all who have a stream: long ones as long as their clients take them, then as many as may wait of the shortest that there are. */
function addTicks(): void {
	const streams = new Set<EventStream>();
	server.events("/ticks", stream => void streams.add(stream), { close: stream => void streams.delete(stream) });
	server.post("/tick", (_, response) => {
		let full = 0;
		for (const stream of streams) {
			const isFull = stream.bufferedAmount > 0;
			const event = isFull ? "1" : "x".repeat(400);
			if (isFull) full++;
			for (let left = 400; left > 0 && stream.isOpen && (isFull || stream.bufferedAmount === 0); left--)
				stream.send(event);
		}
		response.send(`${full}`);
	});
}
if (config.isTicking === true) addTicks();
if (config.hasDashboard === true) server.use("/status", dashboard(server, { auth: false }));

/** Handlers that have something while they wait. Not in each program: what they take of the block, it would not have. */
function addWaiting(): void {
	const pause = () => new Promise<void>(resolve => void Timer.set(() => resolve(), 500));
	server.get("/below/*", async ({ params }, response) => {
		await pause();
		response.send(`${params["*"]?.length}`);
	});
	server.get("/certificate", async ({ tls }, response) => {
		const certificate = (tls as TLSDetails).peerCertificate;
		const names = certificate?.subjectaltname;
		await pause();
		response.send(`${certificate?.raw.byteLength} ${names?.length}`);
	});
	server.websocket("/greeted", {
		open: async socket => {
			while (socket.isOpen) {
				socket.send("p".repeat(400));
				await pause();
			}
		}
	});
}
if (config.areWaiting === true) addWaiting();
/** What the application takes beside requests, and has counted. */
const held: { bytes?: Uint8Array; giveBack?: (() => void) | undefined } = {};
async function holdOwn(bytes: number): Promise<void> {
	held.giveBack = await server.hold(bytes);
	held.bytes = new Uint8Array(bytes);
}
if (config.holds !== undefined) void holdOwn(Number(config.holds));
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
/** Goes with the next collection. */
let garbage = new WeakRef({});
let collections = 0;
server.get("/collections", (_, response) => {
	if (garbage.deref() === undefined) {
		collections++;
		garbage = new WeakRef({});
	}
	response.json({ collections });
});
serveWithFigures(server);

export const stop = (): Promise<void> => {
	held.giveBack?.();
	return stopUncharged(server);
};

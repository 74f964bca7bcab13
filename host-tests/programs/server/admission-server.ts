// A server for the interop tests of admission. What its heap has left is told over a second, plain listener.

import Resource from "Resource";
import Listener from "embedded:io/socket/listener";
import { failAllocation } from "alloc-faults";
import Server from "httpsd/server";
import config from "mc/config";
import Timer from "timer";
import TLSContext from "tls/context";
import { measureHeap } from "tls/heap";
import TLSListener from "tls/listener";

let largestBlock: number | undefined;
const makeContext = (name: string): TLSContext =>
	new TLSContext({ cert: new Resource(`${name}.pem`), key: new Resource(`${name}.key.pem`), resumption: false });
const secure = makeContext("p256");
const usedBefore = measureHeap().used ?? 0;
const taken = (): number => (measureHeap().used ?? 0) - usedBefore;

const sleep = (milliseconds: number): Promise<undefined> =>
	new Promise(resolve => Timer.set(() => resolve(undefined), milliseconds));

/** What `select` answers with, after a while: the name of an identity, or `undefined` for `secure`. */
const chosen = typeof config.selected === "string" ? makeContext(config.selected) : undefined;
const select = (): Promise<TLSContext | undefined> => sleep(Number(config.selectDelay)).then(() => chosen);

const server = new Server({
	io: TLSListener,
	port: 0,
	address: "127.0.0.1",
	secure,
	maxHandshakes: Number(config.maxHandshakes ?? 4),
	handshakeTimeout: Number(config.handshakeTimeout ?? 10_000),
	silenceTimeout: Number(config.silenceTimeout ?? 10_000),
	measureHeap: () => ({ largestBlock: config.memory === undefined ? largestBlock : Number(config.memory) - taken() }),
	...(config.selectDelay === undefined ? {} : { select }),
	onError: (error: Error & { code?: string }) => {
		trace(`refused ${error.code}\n`);
		if (config.stopOnError === true) stop();
	}
});
server.get("/", (_request, response) => response.send("served"));
server.start();

const control = new Server({ io: Listener as never, port: 0, address: "127.0.0.1" });
control.post("/block/:size", (request, response) => {
	largestBlock = Number(request.params.size);
	response.send("set");
});
/** From now on the n-th allocation fails. */
control.post("/fail/:n", (request, response) => {
	failAllocation(Number(request.params.n));
	response.send("set");
});
control.get("/peak", (_request, response) => response.send(String((measureHeap().peak ?? 0) - usedBefore)));
control.start();
trace(`served on ${server.port}\ncontrol on ${control.port}\n`);

export async function stop(): Promise<void> {
	await server.stop();
	await control.stop();
}

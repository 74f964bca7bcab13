// A server that can be stopped and started from outside, for the life cycle tests (row B1).

import Resource from "Resource";
import { gc } from "desk";
import Server from "httpsd/server";
import Timer from "timer";
import TLSContext from "tls/context";
import { measureHeap } from "tls/heap";
import TLSListener from "tls/listener";

let port = 0;
let rounds = 0;

function makeServer(): Server {
	const secure = new TLSContext({ cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") });
	const server = new Server({ io: TLSListener, port, address: "127.0.0.1", secure });
	server.get("/restart", (_request, response) => {
		gc();
		response.json({ tls: measureHeap().used });
		Timer.set(restart, 0);
	});
	server.get("/slow", (_request, response) => {
		trace("slow began\n");
		Timer.set(() => response.send("done at last"), 500);
	});
	return server;
}

async function restart(): Promise<void> {
	await server.stop();
	server = makeServer();
	server.start();
	rounds += 1;
	trace(`listening again ${rounds} on ${server.port}\n`);
}

let server = makeServer();
server.start();
port = server.port;
trace(`listening on ${port}\n`);

export function stop(): Promise<void> {
	trace("stopping\n");
	return server.stop();
}

// A chat over WSS: what one says all hear, and a client that does not keep up is let go rather than waited for.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { page } from "./page";

/** Most characters of what somebody says: in JSON a text can be six times as long, and all of it waits for each client. */
const maxText = 200;

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port, secure });

server.content("/", "text/html;charset=utf-8", page);

const room = server.websocket("/room", {
	accepts: "text",
	open: socket => tell("server", `${socket.peer.id} is here, ${room.clients.size} in all`),
	message: (socket, text) => tell(socket.peer.id, (text as string).slice(0, maxText)),
	close: socket => tell("server", `${socket.peer.id} has left`)
});

/** Encoded once: all clients are sent the same buffer. */
function tell(from: number | string, say: string): void {
	room.broadcast(JSON.stringify({ from, say }));
}

server.start();
trace(`Serving https://localhost:${server.port}/\n`);

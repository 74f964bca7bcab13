// A page that chats over WSS, for tests: it has Pings, and messages that the server sends by itself.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import { addChat } from "./chat-page";

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: 0, secure });
server.get("/", (_request, response) => response.html("<title>A page</title>"));
addChat(server);
server.on("error", ({ error }) => trace(`${error}\n`));
server.start();
trace(`Serving https://localhost:${server.port}\n`);

export function stop(): Promise<void> {
	return server.stop();
}

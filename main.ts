// The demo firmware: a page over HTTPS that shows how it came, and one that chats over WSS.
//
// On a device the SDK joins the Wi-Fi and sets the clock before this module runs (examples/manifest_net.json, with
// ssid and password from mc/config); on the desk and in the simulator there is nothing to join.

import Resource from "Resource";
import Server from "httpsd/server";
import config from "mc/config";
import Time from "time";
import TLSContext from "tls/context";
import type { TLSDetails } from "tls/details";
import { measureHeap } from "tls/heap";
import TLSListener from "tls/listener";
import { addChat } from "./chat-page";
import { renderPage } from "./page";

const started = Time.ticks;

function load(name: string): HostBuffer {
	if (Resource.exists(name)) return new Resource(name);
	const error = new Error(`There is no ${name} among the resources. Run "make identity" and start again`);
	throw Object.assign(error, { code: "ENOENT" });
}

const server = new Server({
	io: TLSListener,
	port: Number(config.port ?? 443),
	secure: new TLSContext({ cert: load("server.pem"), key: load("server.key.pem"), ALPNProtocols: ["http/1.1"] })
});

server.get("/", (request, response) => {
	const tls = request.tls as TLSDetails;
	response.headers.set("content-type", "text/html; charset=utf-8");
	response.send(renderPage({ tls, uptime: Time.delta(started), heap: measureHeap() }));
});

addChat(server);

server.on("error", ({ error }) => trace(`${error}\n`));
server.start();
trace(`Serving https://localhost:${server.port}\n`);

/** Called by the desk host at Ctrl-C: requests in progress are finished, then the port is free. */
export function stop(): Promise<void> {
	return server.stop();
}

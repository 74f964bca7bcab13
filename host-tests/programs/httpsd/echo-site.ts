// Sends back what clients have sent, as JSON, and values of its own, one long and one that nests, for the tests of `memory` on the device-sized desk.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { serveWithFigures, stopUncharged } from "./figures";
import { addRoutes } from "./siege-routes";

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: 0, secure });
server.get("/", (_, response) => response.send("good"));
server.post("/echo", async (request, response) => response.json({ said: [{ text: await request.text() }] }));
if (config.hasOwn) {
	const history = new Array<number>(1000).fill(20);
	let deep: unknown = 1;
	for (let level = 0; level < 24; level++) deep = [{ level: deep }];
	server.get("/history", (_, response) => response.json(history));
	server.get("/deep", (_, response) => response.json(deep));
}
addRoutes(server, Number(config.kilobytes));
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);

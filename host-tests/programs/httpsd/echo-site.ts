// Sends back what clients have sent, as JSON, for the tests of `memory` on the device-sized desk.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import { serveWithFigures, stopUncharged } from "./figures";
import { addRoutes } from "./siege-routes";

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: 0, secure });
server.get("/", (_, response) => response.send("good"));
server.post("/echo", async (request, response) => response.json({ said: [{ text: await request.text() }] }));
addRoutes(server, Number(config.kilobytes));
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);

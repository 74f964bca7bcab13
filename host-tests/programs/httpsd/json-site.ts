// An application's own values as JSON, one long and one that nests, for the tests of what `response.json()` takes on the device-sized desk.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import { serveWithFigures, stopUncharged } from "./figures";

const server = new HTTPSServer({
	port: 0,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") }
});
const history = new Array<number>(1000).fill(20);
let deep: unknown = 1;
for (let level = 0; level < 24; level++) deep = [{ level: deep }];
server.get("/", (_, response) => response.send("good"));
server.get("/history", (_, response) => response.json(history));
server.get("/deep", (_, response) => response.json(deep));
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);

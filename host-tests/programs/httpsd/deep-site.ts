// What an application does by the book with JSON that clients make, for the tests of XS's stack on the device-sized desk.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import { parseJson } from "httpsd/json";
import { serveWithFigures, stopUncharged } from "./figures";

const server = new HTTPSServer({
	port: 0,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") }
});
server.post("/again", async (request, response) => response.json(await request.json(["level"])));
server.post("/say", async (request, response) => {
	const { level } = (await request.json(["level"])) as { level?: unknown };
	response.send(`Level is ${level}`);
});
server.websocket("/lamp", {
	message: (socket, data) => {
		const { level } = Object(parseJson(data, ["level"])) as { level?: unknown };
		socket.send(`Level is ${level}`);
	}
});
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);

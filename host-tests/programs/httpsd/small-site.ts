// A server without TLS for the siege of an ESP8266, whose memory holds no more: one of each way to make memory grow.

import Listener from "embedded:io/socket/listener";
import Server from "httpsd/server";
import Timer from "timer";
import { serveWithFigures, stopUncharged } from "./figures";

const server = new Server({ port: 0, io: Listener });
server.get("/", (_, response) => response.send("good"));
server.post("/text", async (request, response) => response.send(`${(await request.text()).length}`));
// Not longer: whoever comes waits for it where there is one place.
server.get("/wait", async (request, response) => {
	await new Promise<void>(resolve => void Timer.set(() => resolve(), 300));
	if (!response.gone) response.send(request.path);
});
server.websocket("/ws", { message: (socket, data) => void socket.send(data) });
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);

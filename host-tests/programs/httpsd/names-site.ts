// Where clients choose names, for the tests of `memory` on the device-sized desk: of files in a file system, in forms, in a log, and
// of who they are.

import Resource from "Resource";
import { bearerAuth } from "httpsd/bearer-auth";
import { foldedNames, systemFiles } from "httpsd/file-system";
import { accessLog } from "httpsd/filters/access-log";
import { rateLimit } from "httpsd/filters/rate-limit";
import HTTPSServer from "httpsd/https-server";
import Timer from "timer";
import { serveWithFigures, stopUncharged } from "./figures";

/** A file system in which there is nothing but a folder. */
class File {
	readonly length = 0;
	position = 0;
	static exists(path: string): boolean {
		return path === "/dir/index.html";
	}
	read(): ArrayBuffer {
		return new ArrayBuffer(0);
	}
	close(): void {}
}

const server = new HTTPSServer({
	port: 0,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem") }
});
server.use("/log", accessLog({ format: "combined", write: line => trace(`${line.length}\n`) }));
server.use("/bearer", bearerAuth({ realm: "Panel", tokens: { ada: "correct" } }));
server.use("/keyed", rateLimit({ rate: 100, burst: 100, key: ({ headers }) => headers.get("x-key") ?? "" }));
const store = systemFiles(File, "/");
server.use("/files/private-data", () => false, { names: foldedNames });
server.files("/files/", store);
server.get("/log/*", (_, response) => response.send("logged"));
server.get("/keyed", (_, response) => response.send("counted"));
server.get("/", (_, response) => response.send("good"));
server.get("/wait", async (request, response) => {
	await new Promise<void>(resolve => void Timer.set(() => resolve(), 3000));
	if (!response.gone) response.send(request.path);
});
server.get("/redirect", ({ search }, response) => response.redirect(`/?${search}`));
server.post("/form", async (request, response) => response.send(`${(await request.form()).size}`));
server.post("/parts", async (request, response) => {
	let names = "";
	for await (const part of request.parts()) names += `${part.name.length} ${part.path?.length}`;
	response.send(names);
});
server.websocket("/ws", {});
serveWithFigures(server);

export const stop = (): Promise<void> => stopUncharged(server);

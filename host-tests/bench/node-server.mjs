// The same answers from Node's https, for CPU time beside ours.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { WebSocketServer } from "ws";

const [folder, identity] = process.argv.slice(2);
const read = name => readFileSync(`${folder}/${identity}${name}`);

const server = createServer({ cert: read(".pem"), key: read(".key.pem") }, (request, response) => {
	const count = /^\/bytes\/(\d+)$/.exec(request.url)?.[1];
	request.resume().on("end", () => {
		response.setHeader("content-type", "text/plain");
		response.end(count === undefined ? "hello" : Buffer.alloc(Number(count)));
	});
});
new WebSocketServer({ server, path: "/echo", perMessageDeflate: false }).on("connection", socket => {
	socket.on("message", (data, binary) => socket.send(data, { binary }));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
process.on("SIGTERM", () => process.exit(0));

// An upload of any size in little memory: it is read in pieces, no faster than they are used, and the page shows how far it is.
//
// Here the pieces are only counted and summed up; a firmware would write them to a file, to flash or to an update.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import Time from "time";
import { page } from "./page";

const maxFile = 4_000_000;

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port, secure });

server.content("/", "text/html;charset=utf-8", page);

server.put(
	"/files/:name",
	async (request, response) => {
		// Refused before a byte of it was read: 411 without a length, 413 when it is too long.
		const length = request.body.requireLength();
		const started = Time.ticks;
		let bytes = 0;
		let sum = 0;
		for await (const piece of request.body) {
			bytes += piece.byteLength;
			for (const byte of new Uint8Array(piece)) sum = (sum + byte) % 65_521;
		}
		trace(`${request.params.name}: ${bytes} of ${length} bytes\n`);
		response.status(201).send(`${bytes} bytes in ${Time.delta(started)} ms, sum ${sum}`);
	},
	{ maxBody: maxFile }
);

server.start();
trace(`Serving https://localhost:${server.port}/\n`);

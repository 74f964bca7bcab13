// The desk's module embedded:network/http/client, and the SDK's beside it where MODDABLE is set, against Node's https.

import type { ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { compiledFolders } from "../../modules.cjs";
import { root, startDesk } from "../desk";
import { CertificateFolder } from "./certificates";

const folder = new CertificateFolder();
folder.leaf("server");
const sdk = process.env.MODDABLE;

const answers: Record<string, (response: ServerResponse, received: number) => void> = {
	"/plain": response => response.setHeader("x-kind", "plain").setHeader("content-type", "text/plain").end("hello"),
	"/chunks": response => {
		for (let count = 0; count < 20; count++) response.write(`chunk ${count};`);
		response.end();
	},
	"/big": response => response.setHeader("content-length", 200_000).end(Buffer.alloc(200_000, "x")),
	"/none": response => response.writeHead(204).end(),
	"/echo": (response, received) => response.end(`got ${received}`),
	"/cut": response => {
		response.setHeader("content-length", 100).write("abc");
		setTimeout(() => response.destroy(), 50);
	}
};

let port = 0;
const server = createServer(
	{ cert: folder.read("server.pem"), key: folder.read("server.key.pem") },
	(request, response) => {
		let received = 0;
		request.on("data", piece => {
			received += piece.length;
		});
		request.on("end", () => answers[request.url as string]?.(response, received));
	}
);
beforeAll(async () => {
	await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const expected = [
	"GET /plain: 200 plain text/plain 5 hello",
	"GET /chunks: 200   170 chunk 0;chunk 1;chun",
	"GET /big: 200   200000 xxxxxxxxxxxxxxxxxxxx",
	"GET /none: 204   0",
	"POST /echo: 200   9 got 30000",
	"PUT /echo: 200   8 got 3500",
	"GET /cut: failed 3 abc",
	"GET /never: failed 0",
	"error of the client"
];

const clients: [string, Record<string, string>, string[]][] = [["the desk's", {}, []]];
if (sdk !== undefined) {
	const folders = {
		"sdk/": relative(root, join(sdk, "examples/io/tcp")),
		"embedded:network/http/": "host-tests/desk/sdk-names/http"
	};
	clients.push(["the SDK's", { ...folders, "programs/": "host-tests/desk/programs" }, ["programs/sdk-built-ins"]]);
}

describe.each(clients)("C6 %s HTTP client over TLSSocket", (name, folders, preload) => {
	test("C6 Z9 one request after the other, content of a length and in chunks both ways, and an end that comes too soon", async () => {
		const main = "build/js/host-tests/programs/client/http-client.js";
		const modules = { ...compiledFolders(), ...folders };
		// Content in chunks the SDK's client does not end as it should.
		const isOurs = name === "the desk's";
		const config = { port, ...(isOurs ? { chunked: 1 } : {}) };
		const desk = startDesk({ main, modules, preload, resources: [folder.path], config });
		await desk.exit;
		const lines = desk.output
			.trimEnd()
			.split("\n")
			.filter(line => !line.startsWith("TLS with"));
		expect(lines.map(line => line.trimEnd())).toEqual(
			isOurs ? expected : expected.filter(line => !line.startsWith("PUT"))
		);
	});
});

if (sdk === undefined) test.skip("C6 the SDK's HTTP client (skipped: MODDABLE is not set)", () => {});

// One server under several names, each with a certificate of its own: which one a client gets, its ClientHello decides (SNI).

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import TLSContext from "tls/context";
import type { TLSDetails } from "tls/details";

/** A context is parsed once, and shared by all connections that get it. */
const load = (name: string) =>
	new TLSContext({ cert: new Resource(`${name}.pem`), key: new Resource(`${name}.key.pem`) });

const main = load("server");
const names = new Map([["other.local", load("other")]]);

const server = new HTTPSServer({
	port: config.port,
	secure: main,
	// `undefined` is for `secure`. A promise does too, for a certificate that has to be fetched first; other clients go on meanwhile.
	select: ({ servername }) => names.get(servername ?? "")
});

// A client may name one host in its handshake and ask for another: what is served goes by the name that was proved.
server.get("/", (request, response) =>
	response.send(`You have reached ${(request.tls as TLSDetails).servername ?? "no name"}\n`)
);

server.start();
trace(`Serving https://localhost:${server.port}/ and https://other.local:${server.port}/\n`);

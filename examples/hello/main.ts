// The smallest server: one route, over TLS 1.3 and 1.2.

import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import type { TLSDetails } from "tls/details";

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port, secure });

server.get("/hello/:name", (request, response) => {
	const { protocol, cipher } = request.tls as TLSDetails;
	response.send(`Hello, ${request.params.name}. You came by ${protocol} with ${cipher}.\n`);
});

server.start();
trace(`Serving https://localhost:${server.port}/hello/you\n`);

// A server over TLS with one route, as in README.md.
import Resource from "Resource";
import HTTPSServer from "httpsd/https-server";

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: 8443, secure });
server.get("/hello/:name", (request, response) => response.send(`Hello, ${request.params.name}`));
server.start();

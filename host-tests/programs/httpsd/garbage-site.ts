// What a request leaves behind for collections: `/memory` tells what is in use, without one.

import Resource from "Resource";
import { memory } from "desk";
import Server from "httpsd/server";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";

const secure = new TLSContext({ cert: new Resource("p256.pem"), key: new Resource("p256.key.pem") });
const server = new Server({ io: TLSListener, port: 0, address: "127.0.0.1", secure });
server.get("/", (_request, response) => response.send("hello"));
server.get("/memory", (_request, response) => response.json(memory()));
server.start();
trace(`listening on ${server.port}\n`);

// A site as a bundler leaves it, served from flash: nothing of it is copied into RAM or compressed on the device.
//
// manifest.json makes resources of the files in site/, by the names that resourceFiles() knows. Those in site/assets have a hash in their
// name, so a browser may keep them for a year; index.html it asks for each time, and is told 304 while it is the same.

import Resource from "Resource";
import { resourceFiles } from "httpsd/file-stores";
import { securityHeaders } from "httpsd/filters/security-headers";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port, secure });

server.use("/", securityHeaders());
server.files("/assets/", resourceFiles("www/assets/"), { cacheControl: "public, max-age=31536000, immutable" });
server.files("/", resourceFiles("www/"));

server.start();
trace(`Serving https://localhost:${server.port}/\n`);

// An HTTPSServer whose plain port redirects. Fakes: both listeners, and a TLS context.
import { jest } from "@jest/globals";
import type HTTPSServerType from "httpsd/https-server";
import { FakeListener } from "../fake-socket";
import { ask, parse } from "../harness";

jest.mock("embedded:io/socket/listener", () => ({ default: FakeListener, __esModule: true }), { virtual: true });
jest.mock("tls/listener", () => ({ default: FakeListener, __esModule: true }));
jest.mock("tls/context", () => ({ default: class {}, __esModule: true }));
const HTTPSServer = require("httpsd/https-server").default as typeof HTTPSServerType;

export function start(options: object = {}) {
	const server = new HTTPSServer({ secure: {} as never, plainPort: 8080, maxConnections: 8, ...options });
	server.get("/*", (_, response) => response.send("served"));
	server.start();
	return server;
}

export async function get(path: string, fields = "", method = "GET") {
	const { status, headers, body } = parse(await ask(`${method} ${path} HTTP/1.1\r\nHost: a:8080\r\n${fields}\r\n`));
	return { status, location: headers.location, headers, body };
}

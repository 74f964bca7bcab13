// Z12: XS keeps each name that an object was ever asked for. The dashboard asked for what clients ask for: 28 GETs of long names left an ESP32-C3
// no room for any connection until it was restarted, before anybody was asked for a password.
import { beforeAll, expect, test } from "@jest/globals";
import { startDesk } from "../../desk";
import { type Client, figuresOf, open, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3", "memory-site", { hasDashboard: true }));
});

let count = 0;
/** Another each time, of 120 characters. */
const name = () => `${++count}`.padStart(120, "n");
const head = (line: string, ...fields: string[]) =>
	`${line} HTTP/1.1\r\nHost: a\r\n${fields.map(field => `${field}\r\n`).join("")}\r\n`;
const post = (path: string, content: string, ...fields: string[]) =>
	head(`POST ${path}`, `Content-Length: ${content.length}`, ...fields) + content;
const upgrade = ["Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="];

const requests: Readonly<Record<string, () => string>> = {
	"of the dashboard": () => head(`GET /status/${name()}`),
	"of paths": () => head(`GET /${name()}`),
	"of methods": () => head(`${name()} /text`),
	"of fields": () => head("GET /", `${name()}: ${name()}`),
	"of cookies": () => head("GET /query?a", `Cookie: ${name()}=${name()}`),
	"in queries": () => head(`GET /query?${name()}=${name()}`),
	"in forms": () => post("/form", `${name()}=${name()}`, "Content-Type: application/x-www-form-urlencoded"),
	"in JSON": () => post("/json", `{"${name()}":{"${name()}":"${name()}"}}`),
	"of types": () => post("/form", "a=b", `Content-Type: ${name()}/${name()}; ${name()}=${name()}`),
	"of conditions": () => head("HEAD /page", `If-None-Match: "${name()}"`, `Accept-Encoding: ${name()}`),
	"of credentials": () => head("GET /", `Authorization: ${name()} ${name()}`),
	"of trailers": () =>
		`${head("POST /text", "Transfer-Encoding: chunked")}1;a=b\r\nx\r\n0\r\n${name()}: ${name()}\r\n\r\n`,
	"of protocols": () => head("GET /ws", ...upgrade, `Upgrade: ${name()}`),
	"of subprotocols": () => head("GET /ws", ...upgrade, "Upgrade: websocket", `Sec-WebSocket-Protocol: ${name()}`)
};

test.each(Object.entries(requests))("Z12 names %s that clients choose leave nothing behind", async (_, request) => {
	const { chunks: before = 0 } = await figuresOf(port);
	let client: Client | undefined;
	for (let left = 30; left > 0; left--) {
		if (client?.isOpen !== true) client = await open(port);
		const answers = client.text.split("HTTP/1.1 ").length;
		const text = await client.send(request(), all => all.split("HTTP/1.1 ").length > answers);
		expect(text.split("HTTP/1.1 ").length).toBe(answers + 1);
		if (text.includes(" 101 ")) client.close();
	}
	client?.close();
	const { chunks = 0 } = await figuresOf(port);
	expect(chunks - before).toBeLessThan(2048);
});

test("Z12 nothing is charged for them", () => stop());

// Of each file that was asked for, an object was kept with all that it is read by, 670 bytes: a client who asked for the 60 files of a page took 40 kB for good.
test("Z12 of files that were asked for no more is kept than some tags", async () => {
	const main = "build/js/host-tests/programs/httpsd/memory/kept-files.js";
	const desk = startDesk({ main, variant: "device", platform: "esp32c3" });
	expect(await desk.exit).toEqual({ code: 0, signal: null });
	expect(Number(/kept (\d+)/.exec(desk.output)?.[1])).toBeLessThan(6000);
});

// The Moddable SDK's own HTTP, WebSocket and MQTT clients over TLSSocket, unchanged (rows C6, Z9). They are loaded from
// the SDK that MODDABLE names; without one there is nothing to test.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type DeskOptions, root, startDesk } from "../desk";
import { CertificateFolder } from "./certificates";
import { expected, startHTTPS, startMQTT, startWebSocket } from "./sdk-peers";

const sdk = process.env.MODDABLE;
const folder = new CertificateFolder();
folder.leaf("server");

const modules = {
	"platform/": "build/js/modules/platform/desk",
	"text/": "build/js/modules/text",
	"tls/": "build/js/modules/tls",
	"programs/": "host-tests/desk/programs",
	"sdk/": join(sdk ?? "", "examples/io/tcp")
};

/** Runs a program to its end. @returns the lines that it has traced */
async function run(program: string, options: DeskOptions): Promise<string[]> {
	const main = `host-tests/desk/programs/${program}.js`;
	const desk = startDesk({ main, modules, preload: ["programs/sdk-built-ins"], ...options });
	await desk.exit;
	return desk.output.trimEnd().split("\n");
}

/** The class of docs/client.md as a module. @returns its folder */
function writeKeepingSocket(): string {
	const [block] = /let lastError;[\s\S]*?^}$/m.exec(
		readFileSync(join(root, "docs/client.md"), "utf8")
	) as RegExpExecArray;
	const kept = join(root, "build/kept");
	mkdirSync(kept, { recursive: true });
	const imports = 'import TLSSocket from "tls/socket";\n';
	writeFileSync(join(kept, "socket.js"), `${imports}${block}\nexport { KeepingSocket as default, lastError };\n`);
	return kept;
}

const title = "C6 Z9 on the desk";
const [group, name] =
	sdk === undefined ? [describe.skip, `${title} (skipped: MODDABLE is not set)`] : [describe, title];
group(name, () => {
	const ports = { http: 0, webSocket: 0, mqtt: 0 };
	let connections: Set<unknown>;
	beforeAll(async () => {
		const server = await startHTTPS(folder.path);
		connections = server.connections;
		ports.http = server.port;
		ports.webSocket = await startWebSocket(folder.path);
		ports.mqtt = await startMQTT(folder.path);
	});

	test.each([
		["HTTP client against Node's https", "http"],
		["WebSocket client against Python's websockets", "webSocket"],
		["MQTT client against mosquitto", "mqtt"]
	] as const)("C6 Z9 %s", async (_, client) => {
		const config = { clients: `${client}:${ports[client]}` };
		const lines = await run("sdk-clients", { resources: [folder.path], config });
		expect(lines.filter(line => !line.startsWith("control "))).toEqual(expected[client]);
	});

	test("C6 the HTTP client's three requests took one connection", () => {
		expect(connections.size).toBe(1);
	});

	test("C6 the class of docs/client.md keeps the error that the HTTP client drops", async () => {
		const options = { modules: { ...modules, "kept/": writeKeepingSocket() }, config: { port: ports.http } };
		expect(await run("sdk-error", options)).toEqual(["given undefined, kept CERTIFICATE_NOT_PINNED"]);
	});
});

// What a handler is told of the connection that its request came by, against what the client knows of it (row B7).

import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ConnectionOptions, connect, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ClientIdentities, makeClientIdentities } from "../client-identities";
import { startDesk } from "../desk";
import { caFile, identityFolder } from "../identities";

let desk: ReturnType<typeof startDesk>;
let clients: ClientIdentities;
let port = 0;
beforeAll(async () => {
	clients = makeClientIdentities();
	desk = startDesk({ main: "build/js/host-tests/programs/server/auth-server.js", resources: [identityFolder] });
	await desk.waitForLine(/listening on all/);
	port = Number(/details on (\d+)/.exec(desk.output)?.[1]);
});
afterAll(async () => {
	await desk.stop();
	rmSync(clients.folder, { recursive: true });
});

interface Told {
	tls: Record<string, unknown>;
	peer?: { subject: { CN: string }; serialNumber: string };
}

async function open(options: ConnectionOptions): Promise<TLSSocket> {
	const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ca: readFileSync(caFile), ...options });
	await once(socket, "secureConnect");
	return socket;
}

/** One request; the connection stays. */
async function ask(socket: TLSSocket): Promise<Told> {
	let text = "";
	socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
	while (!text.endsWith("}")) text += (await once(socket, "data"))[0];
	return JSON.parse(text.slice(text.indexOf("{")));
}

function identity(): ConnectionOptions {
	const read = (name: string) => readFileSync(join(clients.folder, name));
	return { cert: read("good.pem"), key: read("good.key.pem") };
}

describe.each(["TLSv1.2", "TLSv1.3"] as const)("B7 over %s", version => {
	test("B7 version, suite, name, protocol and peer, on every request of a connection", async () => {
		const socket = await open({ ...identity(), maxVersion: version, minVersion: version, ALPNProtocols: ["http/1.1"] });
		for (let request = 0; request < 3; request++) {
			const { tls, peer } = await ask(socket);
			expect(tls).toEqual({
				protocol: socket.getProtocol(),
				cipher: socket.getCipher().standardName,
				alpnProtocol: socket.alpnProtocol,
				servername: "localhost",
				resumed: false,
				authorized: true
			});
			expect(peer).toEqual({ subject: { CN: "good" }, serialNumber: "4D" });
		}
		socket.destroy();
	});

	test.each([
		["none", { servername: "" }, undefined],
		["in lower case", { servername: "LOCALhost" }, "localhost"]
	])("B7 the server name of the client: %s", async (_, options, servername) => {
		const socket = await open({ ...options, maxVersion: version, checkServerIdentity: () => undefined });
		const { tls, peer } = await ask(socket);
		expect(tls.servername).toBe(servername);
		expect(tls).toMatchObject({ authorized: false });
		expect(tls.alpnProtocol).toBeUndefined();
		expect(peer).toBeUndefined();
		socket.destroy();
	});
});

test("B7 a resumed session has the peer of its full handshake", async () => {
	const options = { ...identity(), maxVersion: "TLSv1.2", ALPNProtocols: ["a"] } as const;
	const first = await open(options);
	const before = await ask(first);
	const session = first.getSession() as Buffer;
	first.destroy();
	const second = await open({ ...options, session });
	expect(second.isSessionReused()).toBe(true);
	expect(await ask(second)).toEqual({ ...before, tls: { ...before.tls, resumed: true } });
	second.destroy();
});

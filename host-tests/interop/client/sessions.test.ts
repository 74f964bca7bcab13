// Sessions that a client keeps over its own restart: each client here is a process of its own.

import { describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { CertificateFolder } from "./certificates";
import { type ClientConfig, detailsIn, runClient, startClient } from "./client";
import { closers, gnuTLS, nodeTLS, openSSL, type Peer } from "./peers";

const folder = new CertificateFolder();
folder.leaf("server");
folder.leaf("expired", { validity: "expired" });
const send = "GET / HTTP/1.0\\r\\n\\r\\n";

async function ourServer(): Promise<Peer> {
	const config = { identity: "server" };
	const main = "build/js/host-tests/programs/client/session-server.js";
	const desk = startDesk({ main, resources: [folder.path], config });
	closers.add(() => desk.process.kill());
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	return { port, output: "" };
}

const answer = (reused: boolean): string => `HTTP/1.0 200 OK\r\n\r\n${reused ? "Reused" : "New"}, `;
const peers: Record<string, { start(): Promise<Peer>; says: RegExp }> = {
	"openssl s_server": { start: () => openSSL(folder, "server"), says: /Reused, / },
	"gnutls-serv": { start: () => gnuTLS(folder, "server"), says: /This is a resumed session/ },
	"Node's tls": {
		start: () =>
			nodeTLS(folder, "server", socket => socket.on("data", () => socket.end(answer(socket.isSessionReused())))),
		says: /Reused, /
	},
	"our own server": { start: ourServer, says: /"resumed":true/ }
};

interface Outcome {
	output: string;
	// biome-ignore lint/suspicious/noExplicitAny: whatever JSON holds
	details: any;
	/** The last session that it was told of. */
	session: string;
}

async function run(port: number, config: ClientConfig): Promise<Outcome> {
	const output = await runClient(folder.path, port, { send, keep: true, ...config });
	const session = [...output.matchAll(/^session (\w+)$/gm)].at(-1)?.[1] ?? "";
	return { output, details: detailsIn(output), session };
}

describe.each(Object.entries(peers))("Z7 %s", (_, { start, says }) => {
	test.each(["TLSv1.2", "TLSv1.3"])("Z7 %s: resumed after a restart, and again", async version => {
		const peer = await start();
		const { port } = peer;
		const first = await run(port, { version });
		expect(first.details).toMatchObject({ resumed: false, authorized: true });
		expect(first.output + peer.output).not.toMatch(says);
		let { session } = first;
		for (let round = 0; round < 2; round++) {
			const next = await run(port, { version, session });
			expect(next.details).toMatchObject({ resumed: true, authorized: true, protocol: version });
			expect(next.details.peer.fingerprint256).toBe(first.details.peer.fingerprint256);
			expect(next.output + peer.output).toMatch(says);
			session = next.session || session;
		}
	});
});

describe.each(["TLSv1.2", "TLSv1.3"])("Z7 over %s", version => {
	test("Z7 from the server's session cache", async () => {
		const { port } = await openSSL(folder, "server", "-no_ticket");
		const { session } = await run(port, { version });
		expect((await run(port, { version, session })).details).toMatchObject({ resumed: true, authorized: true });
	});

	test("Z7 not for another server name", async () => {
		const { port } = await openSSL(folder, "server");
		const { session } = await run(port, { version });
		expect((await run(port, { version, session, servername: "127.0.0.1" })).details.resumed).toBe(false);
	});

	test("Z7 with other trust the server is verified anew, and refused", async () => {
		const { port } = await openSSL(folder, "server");
		const { session } = await run(port, { version });
		const output = await runClient(folder.path, port, { version, session, ca: "rsa-ca.pem" });
		expect(output).toMatch(/error CERTIFICATE_UNTRUSTED/);
	});

	test("Z7 sessions of a client with rejectUnauthorized: false are not resumed by another, nor by itself when unverified", async () => {
		const { port } = await openSSL(folder, "server");
		const { session } = await run(port, { version, rejectUnauthorized: false });
		expect((await run(port, { version, session })).details.resumed).toBe(false);
		expect((await run(port, { version, session, rejectUnauthorized: false })).details).toMatchObject({
			resumed: true,
			authorized: true
		});
		const bad = await openSSL(folder, "expired");
		const outcome = await run(bad.port, { version, rejectUnauthorized: false });
		expect(outcome.details).toMatchObject({ authorized: false, authorizationError: "CERTIFICATE_EXPIRED" });
		expect(outcome.session).toBe("");
	});

	test.each([
		["cut", (session: string) => session.slice(0, -2)],
		[
			"changed",
			(session: string) => `${session.slice(0, 100)}${session[100] === "0" ? "1" : "0"}${session.slice(101)}`
		],
		["empty", () => ""]
	])("Z7 %s: a full handshake", async (_, spoil) => {
		const { port } = await openSSL(folder, "server");
		const { session } = await run(port, { version });
		expect((await run(port, { version, session: spoil(session) })).details).toMatchObject({
			resumed: false,
			authorized: true
		});
	});
});

test("Z7 Z12 in a device's memory a session with a long certificate of the server is not given, and one with a usual is", async () => {
	folder.leaf("long", { usage: `serverAuth\nnsComment=${"x".repeat(4000)}` });
	for (const [identity, isGiven] of [
		["server", true],
		["long", false]
	] as const) {
		const { port } = await nodeTLS(folder, identity, socket => socket.on("data", () => socket.end(answer(false))));
		for (const version of ["TLSv1.2", "TLSv1.3"]) {
			const config = { send, keep: true, silent: true, version };
			const client = startClient(folder.path, port, config, "device");
			await client.exit;
			const { output } = client;
			expect(output).toMatch(/^received HTTP/m);
			expect([identity, /^session (\w+)$/m.test(output)]).toEqual([identity, isGiven]);
		}
	}
});

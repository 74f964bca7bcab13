// net.TLS, as client and server, against Node and openssl.

import { connect, type TLSSocket } from "node:tls";
import { describe, expect, test } from "@jest/globals";
import { type DeskOptions, startDesk } from "../desk";
import { run } from "../https";
import { CertificateFolder } from "./certificates";
import { nodeTLS, openSSL } from "./peers";

const folder = new CertificateFolder();
folder.leaf("server");
folder.leaf("stranger", { issuer: "rsa-ca" });
folder.leaf("expired", { validity: "expired" });
folder.leaf("client", { usage: "clientAuth" });
const MEGABYTE = 1_000_000;

function start(config: NonNullable<DeskOptions["config"]>) {
	return startDesk({ main: "build/js/host-tests/programs/client/net-tls.js", resources: [folder.path], config });
}

async function runTLS(config: NonNullable<DeskOptions["config"]>): Promise<string> {
	const desk = start(config);
	await desk.exit;
	return desk.output;
}

async function startServer(config: NonNullable<DeskOptions["config"]> = {}) {
	const desk = start({ cert: "server", ...config });
	return { desk, port: Number((await desk.waitForLine(/listening on (\d+)/))[1]) };
}

test("D1 D2 D3 D5 connect: statuses, the peer's certificate and chain as PEM", async () => {
	const { port } = await openSSL(folder, "server", "-cert_chain", "ca.pem");
	const desk = start({ port, send: 3 });
	await desk.waitForLine(/sent 3/);
	await desk.stop();
	expect(desk.output).toMatch(/^connect WAIT_WRITE\nstatus OK \npeer 2 true NONE -1 true\n/);
	expect(desk.output).toContain(folder.read("server.pem").toString() + folder.read("ca.pem").toString());
});

test.each([
	["stranger", "false CERTIFICATE_UNTRUSTED 0 true"],
	["expired", "false CERTIFICATE_EXPIRED 0 true"],
	["client", "false CERTIFICATE_USAGE 0 true"]
])("D6 verifyCertificate after a connect that verifies nothing: %s", async (name, told) => {
	const { port } = await nodeTLS(folder, name, socket => setTimeout(() => socket.end(), 100));
	expect(await runTLS({ port, rejectUnauthorized: false })).toMatch(`peer 1 ${told}\n`);
});

test("D6 verifyHostname is separate, unless connect is given the name", async () => {
	const { port } = await nodeTLS(folder, "server", socket => setTimeout(() => socket.end(), 100));
	expect(await runTLS({ port, host: "other.local" })).toMatch("peer 1 true NONE -1 false\n");
	expect(await runTLS({ port, servername: "other.local" })).toMatch("status FAIL CERTIFICATE_NAME\n");
});

test("D3 the context's verification holds", async () => {
	const { port } = await openSSL(folder, "stranger");
	expect(await runTLS({ port })).toBe("connect WAIT_WRITE\nstatus FAIL CERTIFICATE_UNTRUSTED\nend after 0\n");
});

test("D7 D8 a send that finds the socket full queues the bytes and calls sendWait once, and sendBuffer sends them", async () => {
	let count = 0;
	const { port } = await nodeTLS(folder, "server", socket => {
		socket.on("data", chunk => {
			count += chunk.length;
			if (count === MEGABYTE) socket.end();
		});
		socket.pause();
		desk.waitForLine(/sendWait/).then(
			() => socket.resume(),
			() => socket.destroy()
		);
	});
	const desk = start({ port, send: MEGABYTE });
	await desk.exit;
	const { output } = desk;
	expect(output.match(/sendWait/g)).toHaveLength(1);
	expect(output).toMatch(
		/sendWait the data WAIT_WRITE true\nsent 1000000\nroom, and WAIT_WRITE\nall sent (OK|WAIT_WRITE)\nstatus FAIL \nend after 0\n$/
	);
	expect(count).toBe(MEGABYTE);
});

test("D8 D9 close returns how many bytes are lost", async () => {
	const { port } = await nodeTLS(folder, "server", socket => {
		socket.pause();
		socket.write("x");
	});
	const desk = start({ port, send: 4 * MEGABYTE, closeAfter: 1 });
	const [, lost] = await desk.waitForLine(/closed, lost (\d+), FAIL\n/);
	await desk.stop();
	expect(Number(lost)).toBeGreaterThan(0);
	expect(Number(lost)).toBeLessThan(4 * MEGABYTE);
});

test("D9 E8 what a server sends after close is not answered by a reset", async () => {
	const errors: Error[] = [];
	const isClosed = new Promise<boolean>((resolve, reject) => {
		const serve = (socket: TLSSocket) => {
			socket.on("error", error => errors.push(error)).on("close", resolve);
			socket.on("end", () => setTimeout(() => socket.end(Buffer.alloc(100_000)), 100)).resume();
		};
		nodeTLS(folder, "server", serve, { allowHalfOpen: true })
			.then(({ port }) => runTLS({ port, closeAtOnce: true }))
			.catch(reject);
	});
	expect([await isClosed, errors]).toEqual([false, []]);
});

describe("D3 accept", () => {
	test("D3 D4 D9 Node's client: getSocket, send and recv, close_notify", async () => {
		const { desk, port } = await startServer({ echo: true, closeAfter: 5 });
		const ca = folder.read("ca.pem");
		const socket = connect({ host: "127.0.0.1", port, ca, servername: "localhost" }, () => socket.write("hello"));
		let answer = "";
		for await (const chunk of socket) answer += chunk;
		expect(answer).toBe("hello");
		await desk.exit;
		expect(desk.output).toMatch(/\naccept WAIT_READ 127\.0\.0\.1\nstatus OK \nclosed, lost 0, FAIL\n$/);
	});

	test("D3 openssl s_client", async () => {
		const { desk, port } = await startServer({ echo: true });
		const options = ["-CAfile", folder.file("ca.pem"), "-verify_return_error", "-quiet", "-no_ign_eof"];
		const { stderr } = await run("openssl", ["s_client", "-connect", `127.0.0.1:${port}`, ...options], "hello\n");
		expect(stderr).toMatch(/verify return:1/);
		await desk.waitForLine(/status FAIL .*\nend after 6/);
		await desk.stop();
	});
});

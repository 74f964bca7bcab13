// Closing over what is on its way (row E8): either the peer has all of it and close_notify, or it knows that it has not.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { scaled } from "../../pace";
import { CertificateFolder } from "../client/certificates";
import { closers, openSSLReader } from "../client/peers";
import { type Desk, startDesk } from "../desk";

const folder = new CertificateFolder();
folder.leaf("server");

function start(config: Record<string, string | number | boolean> = {}): Desk {
	return startDesk({
		main: "build/js/host-tests/programs/server/close-peer.js",
		resources: [folder.path],
		config: { quiet: scaled(300), ...config }
	});
}

const portOf = async (desk: Desk): Promise<number> => Number((await desk.waitForLine(/listening on (\d+)/))[1]);

const closed = (desk: Desk) => desk.waitForLine(/closed after \d+/);

/** Half a second after it has closed, and long before it gives up. */
async function closedFor(desk: Desk): Promise<void> {
	await closed(desk);
	await new Promise(resolve => setTimeout(resolve, 500));
}

/** Once it has given up, which must not be before its five seconds are over. */
async function givenUp(desk: Desk): Promise<void> {
	const [, unsent, time] = await desk.waitForLine(/^unsent (\d+) after (\d+) ms$/m, 15_000);
	expect(Number(unsent)).toBeGreaterThan(0);
	expect(Number(time)).toBeGreaterThanOrEqual(5000);
}

/** Passes bytes on to `port`; what comes back (or with `up` what goes there) stays where it is until `isOver`. */
async function delay(port: number, isOver: () => Promise<unknown>, up = false): Promise<number> {
	const hold = (from: Socket, to: Socket): void => {
		let rest = 4_000;
		from.on("data", chunk => {
			to.write(chunk);
			rest -= chunk.length;
			// The handshake passes.
			if (rest > 0 || from.isPaused()) return;
			rest = Number.POSITIVE_INFINITY;
			from.pause();
			const resume = () => from.resume();
			isOver().then(resume, resume);
		});
		from.on("end", () => to.end()).on("error", () => {});
	};
	const proxy = createServer({ allowHalfOpen: true }, client => {
		const server = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		hold(...((up ? [client, server] : [server, client]) as [Socket, Socket]));
		const [from, to] = up ? [server, client] : [client, server];
		from
			.on("data", chunk => to.write(chunk))
			.on("end", () => to.end())
			.on("error", () => {});
	}).listen(0, "127.0.0.1");
	await new Promise(resolve => proxy.once("listening", resolve));
	closers.add(() => proxy.close());
	return (proxy.address() as { port: number }).port;
}

const written = async (desk: Desk): Promise<number> => Number((await closed(desk))[0].split(" ").at(-1));

interface Reading {
	/** Bytes of the server's that were printed. */
	readonly count: number;
	readonly status: number | null;
	readonly stderr: string;
}

/** A client that says nothing, to its end. */
async function readBy(program: string, ...parameters: string[]): Promise<Reading> {
	const child = spawn(program, parameters);
	let [count, stderr] = [0, ""];
	child.stdout.on("data", (chunk: Buffer) => {
		count += chunk.toString("latin1").replace(/[^x]/g, "").length;
	});
	child.stderr.on("data", chunk => {
		stderr += chunk;
	});
	const [status] = await once(child, "close");
	return { count, status, stderr };
}

const ca = folder.file("ca.pem");
const readers = {
	"openssl s_client": (port: number) =>
		readBy("openssl", "s_client", "-connect", `127.0.0.1:${port}`, "-quiet", "-CAfile", ca),
	"gnutls-cli": (port: number) =>
		readBy("gnutls-cli", "--x509cafile", ca, "--logfile", "/dev/null", "-p", String(port), "localhost")
};

describe("E8 a server closes over a full connection", () => {
	test.each(Object.entries(readers))(
		"E8 %s that reads late receives all of it, and an orderly end",
		async (_, read) => {
			const desk = start({ fills: true });
			const { count, status, stderr } = await read(await delay(await portOf(desk), () => closedFor(desk)));
			expect(count).toBe(await written(desk));
			expect(count).toBeGreaterThan(100_000);
			await desk.waitForLine(/^unsent 0 /m);
			expect(stderr).not.toMatch(/unexpected eof|non-properly terminated/);
			expect(status).toBe(0);
		}
	);

	test("E8 a client of ours too", async () => {
		const desk = start({ fills: true });
		const client = start({ port: await delay(await portOf(desk), () => closedFor(desk)) });
		await client.exit;
		expect(client.output).toBe(`ended after ${await written(desk)}\n`);
	});

	test("E8 one that reads after five seconds learns that bytes are missing, and so does the end that closed", async () => {
		const desk = start({ fills: true });
		const givesUp = givenUp(desk);
		const client = start({ port: await delay(await portOf(desk), () => givesUp) });
		await Promise.all([givesUp, client.exit, desk.exit]);
		const [, count] = /^error TRUNCATED after (\d+)\n$/.exec(client.output) ?? [];
		expect(Number(count)).toBeLessThanOrEqual(await written(desk));
		expect(Number(count)).toBeGreaterThan((await written(desk)) - 20_000);
	});
});

describe("E8 a client closes over a full connection", () => {
	test("E8 openssl s_server that reads late receives all of it, and an orderly end", async () => {
		const peer = await openSSLReader(folder, "server");
		const client: Desk = start({ fills: true, port: await delay(peer.port, () => closedFor(client), true) });
		await client.exit;
		const count = await written(client);
		const received = () => (peer.output.match(/x{100,}/g) ?? []).join("").length;
		await until(
			() => received() >= count,
			() => `${count} bytes: ${received()} came`
		);
		expect(received()).toBe(count);
		expect(peer.output).not.toContain("unexpected eof");
	});

	test("E8 a server of ours that reads late", async () => {
		const server = start();
		const port = await delay(await portOf(server), () => closedFor(client), true);
		const client = start({ fills: true, port });
		const [line] = await server.waitForLine(/^(?:ended|error TRUNCATED) after \d+$/m);
		expect(line).toBe(`ended after ${await written(client)}`);
	});

	test("E8 a server of ours that reads after five seconds", async () => {
		const server = start();
		const port = await delay(await portOf(server), () => givesUp, true);
		const client = start({ fills: true, port });
		const givesUp = givenUp(client);
		await givesUp;
		const [line, count] = await server.waitForLine(/^(?:ended|error TRUNCATED) after (\d+)$/m);
		expect(line).toMatch(/^error TRUNCATED/);
		expect(Number(count)).toBeLessThanOrEqual(await written(client));
	});
});

describe("D9 E8 net.TLS", () => {
	test("D9 E8 bytes that are lost are reported to the caller, and the peer's input is truncated", async () => {
		const server = start();
		const port = await delay(await portOf(server), () => client.waitForLine(/closed, lost/), true);
		const main = "build/js/host-tests/programs/client/net-tls.js";
		const client = startDesk({ main, resources: [folder.path], config: { port, send: 40_000_000, closeAtOnce: true } });
		const lost = Number((await client.waitForLine(/closed, lost (\d+)/))[1]);
		const [, count] = await server.waitForLine(/^error TRUNCATED after (\d+)$/m);
		expect(lost).toBeGreaterThan(0);
		expect(Number(count) + lost).toBe(40_000_000);
	});

	test("D9 E8 without a loss the end is orderly", async () => {
		const server = start();
		const main = "build/js/host-tests/programs/client/net-tls.js";
		const config = { port: await portOf(server), send: 1000, closeAtOnce: true };
		const client = startDesk({ main, resources: [folder.path], config });
		await client.waitForLine(/closed, lost 0/);
		await server.waitForLine(/^ended after 1000$/m);
	});
});

// The same files as on the desk, compiled by the Moddable SDK and run on its XS, in its simulator.

import { readFileSync } from "node:fs";
import { Agent, get } from "node:https";
import { connect, type Socket } from "node:net";
import { connect as connectTLS } from "node:tls";
import { beforeAll, expect, test } from "@jest/globals";
import { run } from "../https";
import { applicationOf, caFile, make, startServer, whyNot } from "./simulator";

const local = { host: "127.0.0.1", servername: "localhost" };
let simulator: Awaited<ReturnType<typeof startServer>>;

function curl(path: string, ...parameters: string[]) {
	return run("curl", ["-sS", "--cacert", caFile, ...parameters, `https://localhost:${simulator.port}${path}`]);
}

function close(socket: Socket): Promise<void> {
	return new Promise(resolve => socket.on("error", () => {}).on("close", () => resolve()));
}

/** What comes back for bytes that are no handshake. */
async function answerTo(bytes: Buffer): Promise<string> {
	const socket = connect(simulator.port, local.host, () => socket.write(bytes));
	let answer = "";
	socket.on("data", data => {
		answer += data.toString("hex");
	});
	await close(socket);
	return answer;
}

/** Resets a download in the middle. */
async function breakOff(): Promise<void> {
	const tcp = connect(simulator.port, local.host);
	const tls = connectTLS({ socket: tcp, ca: readFileSync(caFile), servername: local.servername });
	tls
		.on("error", () => {})
		.on("secureConnect", () => tls.write("GET /bytes/500000 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	tls.once("data", () => tcp.resetAndDestroy());
	await close(tcp);
}

const checks: Record<string, () => Promise<void>> = {
	async "serves curl over TLS 1.2 and 1.3"() {
		for (const version of ["1.2", "1.3"]) {
			const { stdout } = await curl("/", `--tlsv${version}`, "--tls-max", version);
			expect(JSON.parse(stdout)).toMatchObject({ tls: { protocol: `TLSv${version}` } });
		}
	},
	async "sends and takes 100,000 bytes"() {
		expect((await curl("/bytes/100000")).stdout.length).toBe(100_000);
		expect((await curl("/echo", "--data-binary", "x".repeat(100_000))).stdout).toBe('{"length":100000}');
	},
	async "keeps a connection alive"() {
		const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(caFile) });
		const ports = new Set<number | undefined>();
		for (let i = 0; i < 5; i++) {
			await new Promise((resolve, reject) => {
				get({ ...local, port: simulator.port, agent }, response => {
					ports.add(response.socket.localPort);
					response.resume().on("end", resolve);
				}).on("error", reject);
			});
		}
		agent.destroy();
		expect(ports.size).toBe(1);
	},
	async "serves twelve connections at once"() {
		const outcomes = await Promise.all(Array.from({ length: 12 }, () => curl("/bytes/20000")));
		expect(outcomes.map(({ stdout }) => stdout.length)).toEqual(Array(12).fill(20_000));
	},
	async "goes on after garbage, plain HTTP and resets"() {
		expect(await answerTo(Buffer.from("GET / HTTP/1.1\r\n\r\n"))).toBe("1503030002020a");
		expect(await answerTo(Buffer.alloc(3000, 0x5a))).toBe("1503030002020a");
		await Promise.all([breakOff(), breakOff(), breakOff()]);
		expect((await curl("/")).status).toBe(0);
	}
};

if (whyNot === undefined) {
	make("simulator-test-build");
	beforeAll(async () => {
		simulator = await startServer(applicationOf("build/simulator-test", "simulator"));
	});
	for (const [name, check] of Object.entries(checks)) test(`Z10 simulator ${name}`, check);
	test("Z10 simulator ends with status 0 when it is told to", async () => {
		expect(await simulator.stop()).toBe(0);
	});
} else {
	console.log(`The simulator is not tested: ${whyNot}`);
	for (const name of Object.keys(checks)) test.skip(`Z10 simulator ${name} (skipped: ${whyNot})`, () => {});
}

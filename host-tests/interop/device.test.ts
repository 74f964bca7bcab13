// The firmware on an emulated ESP32-C3, over the real path of a device: lwIP, the SDK's sockets, ESP-IDF's mbedTLS.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTLS, type TLSSocket } from "node:tls";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { makeClientIdentities } from "./client-identities";
import { buildSite, type Chip, startChip, whyNot } from "./device";
import { run } from "./https";
import { caFile as interopCA } from "./identities";

const local = { host: "127.0.0.1", rejectUnauthorized: false } as const;
let chip: Chip;

const curlOn = (port: number, path: string, ...parameters: string[]) =>
	run("curl", ["-sSk", ...parameters, `https://localhost:${port}${path}`]);
const curl = (path: string, ...parameters: string[]) => curlOn(chip.port, path, ...parameters);

/** A connection that has been served and stays. */
async function open(): Promise<TLSSocket> {
	const socket = connectTLS({ ...local, port: chip.port });
	await new Promise<void>((resolve, reject) => {
		socket.on("error", reject);
		socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
		socket.once("data", () => resolve());
	});
	return socket.on("error", () => {});
}

const ended = (socket: Socket): Promise<void> =>
	new Promise(resolve => socket.on("error", () => {}).on("close", () => resolve()));

/** What comes back for bytes that are no handshake. */
async function answerTo(bytes: Buffer): Promise<string> {
	const socket = connect(chip.port, local.host, () => socket.write(bytes));
	let answer = "";
	socket.on("data", data => {
		answer += data.toString("hex");
	});
	await ended(socket);
	return answer;
}

/** Two requests over a connection each, of one agent; whether the second resumed. */
function ask(agent: Agent): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const asked = request({ ...local, port: chip.port, agent }, response => {
			const resumed = (response.socket as TLSSocket).isSessionReused();
			response.resume().on("end", () => resolve(resumed));
		});
		asked.on("error", reject).end();
	});
}

/** `maxConnections` of an ESP32-C3. */
const places = 4;
/** Clients at once. */
const most = 24;

const checks: Record<string, () => Promise<void>> = {
	async "serves curl over TLS 1.2 and 1.3"() {
		for (const version of ["1.2", "1.3"]) {
			const { stdout } = await curl("/", `--tlsv${version}`, "--tls-max", version);
			expect(JSON.parse(stdout)).toMatchObject({ tls: { protocol: `TLSv${version}` } });
		}
	},
	async "resumes over TLS 1.2 and 1.3"() {
		for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
			const agent = new Agent({ maxSockets: 1, keepAlive: false, maxVersion });
			expect([await ask(agent), await ask(agent)]).toEqual([false, true]);
		}
	},
	async "sends 1 MB and takes 200 kB"() {
		expect((await curl("/bytes/1000000")).stdout.length).toBe(1_000_000);
		// No program takes a parameter of that length.
		const file = join(mkdtempSync(join(tmpdir(), "device-")), "bytes");
		writeFileSync(file, "x".repeat(200_000));
		expect((await curl("/bytes", "--data-binary", `@${file}`)).stdout).toBe('{"length":200000}');
	},
	async "keeps as many connections as it has places, and one more takes the place of the one that was idle longest"() {
		const sockets: TLSSocket[] = [];
		for (let i = 0; i < places; i++) sockets.push(await open());
		const first = ended(sockets[0] as TLSSocket);
		sockets.push(await open());
		await first;
		expect(sockets.filter(socket => !socket.destroyed).length).toBe(places);
		for (const socket of sockets) socket.destroy();
	},
	async "serves 24 who come at once, more than places, handshakes and TCP's queue hold, each at the first attempt"() {
		const outcomes = await Promise.all(
			// None of this machine's ports may lead to two of the chip's, where they would be one connection.
			chip.ports.map((port, index) => curlOn(port, "/bytes/5000", "-f", "--local-port", String(17_000 + index)))
		);
		expect(outcomes.map(({ stdout }) => stdout.length)).toEqual(Array(most).fill(5000));
	},
	async "goes on after garbage and plain HTTP"() {
		expect(await answerTo(Buffer.from("GET / HTTP/1.1\r\n\r\n"))).toBe("1503030002020a");
		expect(await answerTo(Buffer.alloc(3000, 0x5a))).toBe("1503030002020a");
		expect((await curl("/")).status).toBe(0);
	},
	async "asks for a client's certificate"() {
		const { folder } = makeClientIdentities();
		// Certificates have dates, and nothing else sets the chip's clock, which goes behind ours when the machine has much to do.
		expect((await curl(`/time/${Math.ceil(Date.now() / 1000)}`, "-X", "POST")).status).toBe(0);
		expect((await curl("/authority", "--data-binary", readFileSync(interopCA, "utf8"))).status).toBe(0);
		const url = `https://localhost:${chip.guardedPort}/`;
		const show = (name: string) => ["--cert", join(folder, `${name}.pem`), "--key", join(folder, `${name}.key.pem`)];
		const good = await run("curl", ["-sSk", ...show("good"), url]);
		expect(good).toMatchObject({ status: 0, stdout: '{"authorized":true}' });
		expect((await run("curl", ["-sSk", ...show("stranger"), url])).status).not.toBe(0);
		expect((await run("curl", ["-sSk", url])).status).not.toBe(0);
	}
};

if (whyNot === undefined) {
	describe("Z13 an emulated ESP32-C3", () => {
		buildSite();
		// An emulator takes 30 times as long as a desk.
		jest.setTimeout(300_000);
		beforeAll(async () => {
			chip = await startChip("build/device/test-flash.bin", ["--fresh"], most);
		});
		for (const [name, check] of Object.entries(checks)) test(`Z13 ${name}`, check);
	});
} else {
	console.log(`The firmware is not run on an emulated chip: ${whyNot}`);
	for (const name of Object.keys(checks)) test.skip(`Z13 ${name} (skipped: ${whyNot})`, () => {});
}

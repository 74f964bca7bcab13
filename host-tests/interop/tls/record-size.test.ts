import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { curl, type HttpsServer, run, sClient, startServer } from "../https";
import { caFile, identityFolder } from "../identities";

let server: HttpsServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

/** Lengths of the records of application data that openssl got, encryption included. */
async function recordLengths(port: number, count: number, ...parameters: string[]): Promise<number[]> {
	const request = `GET /bytes/${count} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
	const common = ["s_client", "-connect", `127.0.0.1:${port}`, "-CAfile", caFile, "-ign_eof", "-msg"];
	const { stdout } = await run("openssl", [...common, ...parameters], request);
	const headers = stdout.matchAll(/<<< [^\n]*RecordHeader[^\n]*\n\s+17 03 03 (..) (..)/g);
	return [...headers].map(([, high, low]) => Number.parseInt(`${high}${low}`, 16));
}

describe.each(["-tls1_2", "-tls1_3"])("E5 %s", version => {
	test("A1 E5 transmitSize bounds the records that are sent", async () => {
		server = await startServer({ config: { transmitSize: 600 } });
		const lengths = await recordLengths(server.port, 5000, version);
		expect(lengths.length).toBeGreaterThan(8);
		// Over TLS 1.3 the certificate comes in such a record too, and transmitSize is not for it.
		expect(Math.max(...lengths.slice(-8))).toBeLessThanOrEqual(600 + 24);
	});

	test("A1 E5 a record larger than receiveSize ends the connection with record_overflow", async () => {
		server = await startServer({ config: { receiveSize: 1024 } });
		for (const [size, isGood] of [
			[1024, true],
			[1025, false],
			[4000, false]
		] as const) {
			const text = await send(server.port, version, size);
			if (isGood) expect(text).toContain("200 OK");
			else expect(text).toMatch(/alert record overflow/);
		}
		await server.waitForLine(
			/RECORD_OVERFLOW: The peer sent a record that is too large \(sent alert record_overflow\)/
		);
	});
});

/** One request that is one record of `size` bytes. */
function send(port: number, version: string, size: number): Promise<string> {
	const protocol = version === "-tls1_2" ? "TLSv1.2" : "TLSv1.3";
	const options = { port, host: "127.0.0.1", servername: "localhost", ca: readFileSync(caFile) };
	const head = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Filler: ";
	const filler = "x".repeat(size - head.length - 4);
	return new Promise(resolve => {
		const socket = connect({ ...options, minVersion: protocol, maxVersion: protocol });
		socket.on("data", data => resolve(String(data))).on("error", error => resolve(String(error)));
		socket.write(`${head}${filler}\r\n\r\n`);
	});
}

test.each([512, 1024, 2048, 4096])("A1 TLS 1.2: a client's max_fragment_length of %d is honoured", async size => {
	server = await startServer();
	const lengths = await recordLengths(server.port, 10_000, "-tls1_2", "-maxfraglen", String(size));
	expect(Math.max(...lengths)).toBeLessThanOrEqual(size + 24);
	expect(Math.max(...lengths)).toBeGreaterThan(size - 100);
});

test("A1 the defaults take the largest records and uploads of any size", async () => {
	server = await startServer();
	expect((await sClient(server.port, "-tls1_3")).stdout).toContain("200 OK");
	const { stdout } = await curl("--data-binary", "x".repeat(100_000), `${server.url}/echo`);
	expect(JSON.parse(stdout)).toEqual({ length: 100_000 });
});

test.each([
	["receiveSize", 511],
	["receiveSize", 16_385],
	["transmitSize", 4097],
	["transmitSize", 600.5]
])("E5 %s %d is out of range", async (option, size) => {
	const desk = startDesk({
		main: "build/js/host-tests/programs/server/https-server.js",
		resources: [identityFolder],
		config: { identities: "p256", [option]: size }
	});
	expect((await desk.exit).code).toBe(1);
	expect(desk.output).toMatch(new RegExp(`${option} is ${size}: it must be a whole number from 512`));
});

import { readFileSync } from "node:fs";
import { connect, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { noSoonerThan } from "../elapsed";
import { curl, type Outcome, sClient } from "../https";
import { caFile, identityFolder } from "../identities";

let desk: ReturnType<typeof startDesk> | undefined;
afterEach(async () => {
	await desk?.stop();
	desk = undefined;
});

async function start(config: Record<string, number> = {}): Promise<number> {
	desk = startDesk({
		main: "build/js/host-tests/programs/server/select-server.js",
		resources: [identityFolder],
		config
	});
	return Number((await desk.waitForLine(/listening on (\d+)/))[1]);
}

const keySize = ({ stdout }: Outcome): string => /Server public key is (\d+) bit/.exec(stdout)?.[1] ?? stdout;
const versions = ["-tls1_2", "-tls1_3"];

describe.each([
	["at once", {}],
	["100 ms later", { delay: 100 }]
])("B4 a context selected %s", (_, config) => {
	test.each(versions)("B4 Z4 %s by SNI, by ALPN, or the default", async version => {
		const port = await start(config);
		expect(keySize(await sClient(port, version, "-servername", "RSA.test"))).toBe("2048");
		expect(keySize(await sClient(port, version, "-noservername", "-alpn", "mqtt"))).toBe("384");
		expect(keySize(await sClient(port, version, "-servername", "other.test"))).toBe("256");
	});

	test.each(versions)("B4 %s a refused name ends with unrecognized_name on both sides", async version => {
		const port = await start(config);
		const { stdout, stderr } = await sClient(port, version, "-servername", "unknown.test");
		expect(stdout + stderr).toMatch(/unrecognized name/);
		await desk?.waitForLine(/refused UNRECOGNIZED_NAME: .*sent alert unrecognized_name\) \(RangeError: No such name\)/);
	});
});

test("B4 the ClientHello is read: names, protocols and IANA's numbers", async () => {
	const port = await start();
	await sClient(
		port,
		"-servername",
		"a.test",
		"-alpn",
		"h2,mqtt",
		"-groups",
		"P-256:X25519",
		"-sigalgs",
		"ECDSA+SHA256"
	);
	const hello = JSON.parse((await desk?.waitForLine(/hello (\{.*\})/))?.[1] ?? "");
	expect(hello).toMatchObject({ servername: "a.test", ALPNProtocols: ["h2", "mqtt"], groups: [23, 29] });
	expect(hello).toMatchObject({ versions: expect.arrayContaining([0x0304]), signatureAlgorithms: [0x0403] });
	expect(hello.ciphers).toContain(0x1301);
});

test("B4 the handshake's deadline runs while a context is selected", async () => {
	const port = await start({ delay: 3000, handshakeTimeout: 200 });
	const { stdout, stderr } = await noSoonerThan(200, performance.now(), sClient(port));
	expect(stdout + stderr).toMatch(/unexpected eof|no peer certificate|Connection reset/);
	await desk?.waitForLine(/refused TIMEOUT/);
	expect(desk?.output.match(/refused/g)).toHaveLength(1);
});

const ask = (socket: TLSSocket): Promise<string> =>
	new Promise((resolve, reject) => {
		socket.once("data", data => resolve(String(data))).once("error", reject);
		socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
	});

test("E3 Z4 another identity while connections are open: they stay, new connections get the new one", async () => {
	const port = await start();
	const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ca: readFileSync(caFile) });
	expect(await ask(socket)).toContain("200 OK");
	expect(keySize(await sClient(port))).toBe("256");
	expect((await curl("-X", "POST", `https://localhost:${port}/identity/rsa3072`)).stdout).toBe("changed");
	expect(keySize(await sClient(port))).toBe("3072");
	expect(await ask(socket)).toContain("200 OK");
	socket.destroy();
});

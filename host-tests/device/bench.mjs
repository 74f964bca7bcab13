// Instructions and memory of the firmware on an emulated ESP32-C3: node host-tests/device/bench.mjs
//
// The emulator lets 125 instructions pass a microsecond of the chip's time, and FreeRTOS counts the microseconds in which
// the chip was not idle. What the questions for the figures cost is subtracted.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const perMicrosecond = 125;
const flash = "build/device/bench-flash.bin";
/** How often each is done. */
const times = 5;

const freePort = () =>
	new Promise(done => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => done(port));
		});
	});

async function start(port, otherPort) {
	const forwards = ["--forward", `${port}:443`, "--forward", `${otherPort}:8444`];
	const script = ["run", "build/device/site", "site", "--flash", flash, "--fresh", ...forwards];
	const child = spawn("host-tests/toolchain/emulator.sh", script, { stdio: ["ignore", "pipe", "inherit"] });
	const ended = new Promise(done => child.on("close", done));
	process.on("exit", () => child.kill("SIGTERM"));
	let output = "";
	const listening = new Promise(done =>
		child.stdout.on("data", bytes => {
			output += bytes;
			if (/^listening on/m.test(output)) done(true);
		})
	);
	if ((await Promise.race([listening, ended])) !== true) throw new Error(`the emulator has ended:\n${output}`);
	return {
		stop: () => {
			child.kill("SIGTERM");
			return ended;
		}
	};
}

const port = await freePort();
/** Where an RSA key signs. */
const otherPort = await freePort();

function ask(agent, path = "/", method = "GET", body = "", at = port) {
	return new Promise((done, failed) => {
		const common = { host: "127.0.0.1", port: at, rejectUnauthorized: false };
		const asked = request({ ...common, agent, path, method }, response => {
			let text = "";
			// At the end the socket may be gone.
			const resumed = response.socket.isSessionReused();
			response.on("data", bytes => {
				text += bytes;
			});
			response.on("end", () => done({ text, resumed }));
		});
		asked.on("error", failed).end(body);
	});
}

const control = new Agent({ keepAlive: true, maxSockets: 1 });
const figures = async () => JSON.parse((await ask(control, "/figures")).text);

/** Millions of instructions of an action, without those of asking for figures; `idle` is what a pause of a second takes. */
async function measure(action, question) {
	const before = await figures();
	for (let i = 0; i < times; i++) await action();
	const after = await figures();
	return ((after.busy - before.busy) * perMicrosecond - question) / times / 1e6;
}

const once = (maxVersion, at) => () =>
	ask(new Agent({ keepAlive: false, maxVersion, maxCachedSessions: 0 }), "/", "GET", "", at);

/** Has the chip show a certificate with an RSA key of 2,048 bits on the other port. */
async function showRSA() {
	const folder = mkdtempSync(join(tmpdir(), "device-bench-"));
	const [cert, key] = ["cert.pem", "key.pem"].map(name => join(folder, name));
	const made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"];
	execFileSync("openssl", ["req", ...made, "-out", cert, "-keyout", key], { stdio: "ignore" });
	await ask(control, "/certificate", "POST", readFileSync(cert, "latin1"));
	await ask(control, "/key", "POST", readFileSync(key, "latin1"));
	rmSync(folder, { recursive: true });
}

function resuming(maxVersion) {
	const agent = new Agent({ keepAlive: false, maxSockets: 1, maxVersion });
	return async () => {
		const { resumed } = await ask(agent);
		if (!resumed) throw new Error(`${maxVersion} has not resumed`);
	};
}

async function printAll() {
	await figures();
	const question = (await measure(async () => {}, 0)) * times * 1e6;
	const kept = new Agent({ keepAlive: true, maxSockets: 1 });
	await ask(kept);
	const print = (name, value) => console.log(name.padEnd(44), value.toFixed(2).padStart(10));
	console.log("millions of instructions");
	for (const version of ["TLSv1.3", "TLSv1.2"]) {
		print(`full handshake and GET, ${version}`, await measure(once(version), question));
		const again = resuming(version);
		await again().catch(() => {});
		print(`resumed and GET, ${version}`, await measure(again, question));
	}
	print("GET kept alive", await measure(() => ask(kept), question));
	print("1 MB down", await measure(() => ask(kept, "/bytes/1000000"), question));
	print("200 kB up", await measure(() => ask(kept, "/bytes", "POST", "x".repeat(200_000)), question));
	// Last, for what it keeps is collected around at each request.
	await showRSA();
	for (const version of ["TLSv1.3", "TLSv1.2"]) {
		await once(version, otherPort)();
		print(`full handshake and GET, RSA-2048, ${version}`, await measure(once(version, otherPort), question));
	}
	console.log("bytes, and connections");
	await sleep(2000);
	for (const [name, value] of Object.entries(await figures()))
		if (name !== "busy" && name !== "boot") print(name, value);
}

const chip = await start(port, otherPort);
try {
	await printAll();
} finally {
	await chip.stop();
}
process.exit(0);

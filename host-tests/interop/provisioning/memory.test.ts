// The portal in a device's memory, which restarts where there is no more of it. The figures are those of docs/provisioning.md.

import { createSocket } from "node:dgram";
import { mkdtempSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { type Desk, type Platform, startDesk } from "../desk";
import { freePort } from "../free-port";
import { type Answer, ask } from "./ask";
import { home, standIn } from "./device";

const main = "build/js/host-tests/programs/provisioning/small-device.js";
let desk: Desk;
let port = 0;
let dnsPort = 0;
let origin: string;
let isOver = false;
afterEach(() => desk.stop());

function launch(platform: Platform): Desk {
	const preferences = mkdtempSync(join(tmpdir(), "provisioning-"));
	const config = { port, dnsPort, preferences, crowd: 40 };
	return startDesk({ main, variant: "device", platform, with: ["provisioning"], options: standIn, config });
}

async function start(platform: Platform): Promise<void> {
	[port, dnsPort] = [await freePort(), await freePort()];
	origin = `http://127.0.0.1:${port}`;
	isOver = false;
	desk = launch(platform);
	desk.exit.then(() => {
		isOver = true;
	});
	await desk.waitForLine(/^started/m);
	await shows(/Another network/);
}

const type = "application/x-www-form-urlencoded";
const send = (path: string, fields = {}): Promise<Answer> =>
	ask(port, "POST", path, { origin, "content-type": type }, new URLSearchParams(fields).toString());

/** What is not answered for want of places or memory is asked again, as browsers do. */
async function shows(text: RegExp): Promise<void> {
	let last = "";
	const looks = async () => {
		if (isOver) throw new Error(desk.output);
		last = (await ask(port, "GET", "/").catch(error => ({ text: String(error) }))).text;
		return text.test(last);
	};
	await until(looks, () => `${text}, but ${last}`, 30_000);
}

/** XS's block free, the least of it, XS's stack at the deepest, C's heap free, the least of it. */
const figures = (): number[] => JSON.parse([...desk.output.matchAll(/^\w+: (\[.*\])$/gm)].at(-1)?.[1] as string);

async function join_(password: string, words: RegExp): Promise<void> {
	await until(async () => (await send("/join", { ssid: home.ssid, password })).status === 303, "a turn", 60_000);
	await shows(words);
}

type Load = (end: number) => Promise<unknown>[];
let answered = 0;

async function repeat(end: number, work: () => Promise<Answer>): Promise<void> {
	while ((Date.now() < end || answered < 100) && !isOver)
		await work().then(
			() => answered++,
			() => undefined
		);
}

const browser = { "accept-language": "de-DE,de;q=0.9,en;q=0.8" };
const wrong = { other: "x".repeat(33), password: "y".repeat(60) };
const probe = () => ask(port, "GET", "/generate_204", { host: "connectivitycheck.gstatic.com", ...browser });

/** Twelve clients that ask for all that there is, and two that do not end what they have begun. */
const crowd: Load = end => {
	for (const begun of [
		"GET / HTTP/1.1\r\nhost: a\r\nx: ",
		`POST /join HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: ${origin}\r\ncontent-type: ${type}\r\ncontent-length: 500\r\n\r\nssid=`
	])
		connect({ port, host: "127.0.0.1" })
			.on("error", () => {})
			.write(begun);
	const paths = ["/", "/state", "/captive", "/nowhere", "/?x=1", "/"];
	return Array.from({ length: 12 }, (_, at) => {
		const headers = { ...browser, cookie: "c".repeat(at % 2 === 0 ? 0 : 600) };
		const path = paths[at % paths.length] as string;
		if (at % 4 === 3) return repeat(end, () => send("/join", { ...wrong, password: "y".repeat(300) }));
		return repeat(end, at % 4 === 2 ? probe : () => ask(port, "GET", path, headers));
	});
};

/** That for some seconds, and questions of DNS beside it. */
async function flood(milliseconds: number, load: Load): Promise<void> {
	answered = 0;
	const dns = createSocket("udp4");
	const askSome = () => {
		for (let at = 0; at < 20; at++)
			dns.send(Buffer.from("000001000001000000000000016100000100010a", "hex"), dnsPort, "127.0.0.1");
	};
	const asking = setInterval(askSome, 20);
	await Promise.all(load(Date.now() + milliseconds));
	clearInterval(asking);
	dns.close();
}

describe("Z16 Z12 in the memory of an esp32c3", () => {
	test("a network is mistyped, then joined", async () => {
		await start("esp32c3");
		await join_("wrong password", /did not accept the password/);
		await join_(home.password, /has joined/);
		await until(async () => (await send("/done")).status === 303, "a turn");
		await desk.waitForLine(/^online: /m, 30_000);
		console.log(`XS free, least; stack; C free, least: ${figures()}`);
		expect(figures()[1]).toBeGreaterThan(40_000);
	});

	test("a crowd asks, for ten seconds, and somebody joins all the same", async () => {
		await start("esp32c3");
		await flood(10_000, crowd);
		expect(desk.output).not.toMatch(/out of memory/);
		console.log(`${answered} answers: ${figures()}`);
		await join_(home.password, /has joined/);
		expect(isOver).toBe(false);
	});
});

test("Z16 an esp8266, which has no room for a portal, says so", async () => {
	desk = launch("esp8266");
	await desk.waitForLine(/Provisioner takes more of XS's memory than an ESP8266 has/);
});

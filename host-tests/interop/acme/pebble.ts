// Let's Encrypt's own test server with the DNS of pebble-challtestsrv, for tests: it forgets all when it ends.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { until } from "../../deadline";
import { startPeer } from "../client/peers";
import { freePort } from "../free-port";
import { root } from "../paths";

/** How Pebble behaves: its environment, and its configuration. */
export interface PebbleOptions {
	/** Where the device answers; each is a free port unless given. */
	httpPort?: number;
	tlsPort?: number;
	/** Seconds that certificates are valid for. Default: five years. */
	validity?: number;
	/** External accounts, by kid. */
	accounts?: Record<string, string>;
	environment?: Record<string, string>;
	/** Its own server's certificate and key, without .pem and .key.pem. Default: one of the tests'. */
	identity?: string;
	/** The port of before, for a CA that was down. */
	port?: number;
	managementPort?: number;
	dnsPort?: number;
}

export interface Pebble {
	readonly directory: string;
	/** Ports that it looks for proofs on. */
	readonly httpPort: number;
	readonly tlsPort: number;
	readonly port: number;
	readonly managementPort: number;
	readonly dnsPort: number;
	/** What sets DNS records. */
	readonly zonePort: number;
	/** The root that its certificates lead to, PEM. */
	readonly root: string;
	readonly output: string;
	/** Whether a certificate is revoked, by its serial number in hexadecimal. */
	status(serial: string): Promise<string>;
	/** Ends it: the CA is down, and has forgotten all. */
	stop(): Promise<void>;
}

const folders = mkdtempSync(join(tmpdir(), "pebble-"));
afterAll(() => rmSync(folders, { recursive: true, force: true }));

function get(port: number, path: string): Promise<string> {
	return new Promise((resolve, reject) => {
		request({ port, path, rejectUnauthorized: false }, answer => {
			let text = "";
			answer.on("data", chunk => {
				text += chunk;
			});
			answer.on("end", () => resolve(text));
		})
			.on("error", reject)
			.end();
	});
}

/** It prints that it listens before it does. */
async function getOnceThere(port: number, path: string): Promise<string> {
	let answer: string | undefined;
	const isThere = async () => {
		answer = await get(port, path).catch(() => undefined);
		return answer !== undefined;
	};
	await until(isThere, `an answer of port ${port} to ${path}`, 20_000);
	return answer as string;
}

const isListening = (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const socket = connect(port, "127.0.0.1", () => {
			socket.destroy();
			resolve(true);
		}).on("error", () => resolve(false));
	});

function usageOf(program: string): string {
	return spawnSync(program, ["-h"], { encoding: "utf8" }).stderr ?? "";
}

/** Whether it is Pebble 2.6 or newer, whose options are called otherwise, and which has renewal information (RFC 9773). */
export const isNewPebble = usageOf("pebble-challtestsrv").includes("-dnsserver");

async function startZone(): Promise<{ dnsPort: number; zonePort: number }> {
	const [dnsPort, zonePort] = [await freePort(), await freePort()];
	const dns = [isNewPebble ? "-dnsserver" : "-dns01", `127.0.0.1:${dnsPort}`, "-defaultIPv6", ""];
	const none = ["-http01", "", "-https01", "", "-tlsalpn01", "", ...(isNewPebble ? ["-doh", ""] : [])];
	const parameters = [...dns, ...none, "-management", `127.0.0.1:${zonePort}`];
	await startPeer(folders, "pebble-challtestsrv", parameters, /Answering queries|Starting management/i);
	await until(() => isListening(zonePort), "what sets DNS records", 20_000);
	return { dnsPort, zonePort };
}

export async function startPebble(options: PebbleOptions = {}): Promise<Pebble> {
	const zone = options.dnsPort === undefined ? await startZone() : { dnsPort: options.dnsPort, zonePort: 0 };
	const { port = await freePort(), managementPort = await freePort() } = options;
	const { httpPort = await freePort(), tlsPort = await freePort(), validity, accounts, environment } = options;
	const folder = join(folders, String(port));
	mkdirSync(folder, { recursive: true });
	const identity = join(root, options.identity ?? "build/interop/p256");
	const config = {
		listenAddress: `127.0.0.1:${port}`,
		managementListenAddress: `127.0.0.1:${managementPort}`,
		certificate: `${identity}.pem`,
		privateKey: `${identity}.key.pem`,
		httpPort,
		tlsPort,
		ocspResponderURL: "",
		externalAccountBindingRequired: accounts !== undefined,
		...(accounts === undefined ? {} : { externalAccountMACKeys: accounts }),
		...(validity === undefined ? {} : { certificateValidityPeriod: validity })
	};
	writeFileSync(join(folder, "config.json"), JSON.stringify({ pebble: config }));
	const parameters = ["-config", "config.json", "-strict", "-dnsserver", `127.0.0.1:${zone.dnsPort}`];
	const env = { PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0", PEBBLE_AUTHZREUSE: "0", ...environment };
	const peer = await startPeer(folder, "pebble", parameters, /Listening on/, env);
	await getOnceThere(port, "/dir");
	return {
		directory: `https://localhost:${port}/dir`,
		...{ httpPort, tlsPort, port, managementPort, ...zone },
		root: await getOnceThere(managementPort, "/roots/0"),
		get output() {
			return peer.output;
		},
		status: async serial =>
			JSON.parse(await get(managementPort, `/cert-status-by-serial/${serial.toLowerCase()}`)).Status,
		stop: () =>
			new Promise(resolve => {
				if (peer.process.exitCode !== null || peer.process.signalCode !== null) resolve();
				peer.process.once("close", () => resolve());
				peer.process.kill("SIGKILL");
			})
	};
}

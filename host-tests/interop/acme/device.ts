// A device that gets its certificate by ACME (host-tests/programs/acme), between a CA and its clients.

import { X509Certificate } from "node:crypto";
import { connect, type DetailedPeerCertificate } from "node:tls";
import { type Desk, type DeskOptions, startDesk } from "../desk";
import { freePort } from "../free-port";
import { visit } from "../identity/visit";

export interface Running {
	/** One POST, such as `/hours/24`. */
	post(path: string): Promise<string>;
	/** What it says of its certificate. */
	state(): Promise<{ fingerprint?: string; notAfter?: number; renewIn: number; isBusy: boolean; error?: string }>;
}

export interface Device extends Desk, Running {
	readonly port: number;
	readonly plainPort: number;
	/** The n-th certificate has come. */
	whenChanged(count?: number): Promise<void>;
	/** The n-th order has failed. */
	whenFailed(count?: number): Promise<{ code: string; problem?: string; message: string; retryIn: number }>;
}

/** What it is asked over its own server. */
export function running(port: number): Running {
	return {
		post: async path => (await visit(port, "POST", path)).text,
		state: async () => JSON.parse((await visit(port, "GET", "/state")).text)
	};
}

const nth = (line: string, count: number) => new RegExp(`(?:^${line}(.*)\\n[^]*?){${count}}`, "m");

export async function startDevice(
	config: DeskOptions["config"] & object,
	more: Partial<DeskOptions> = {}
): Promise<Device> {
	const main = "build/js/host-tests/programs/acme/acme-site.js";
	const desk = startDesk({ main, resources: ["build/interop"], config, ...more });
	const port = Number((await desk.waitForLine(/^listening on (\d+)/m))[1]);
	const plainPort = Number(/^plain on (\d+)/m.exec(desk.output)?.[1]);
	return Object.create(desk, {
		port: { value: port },
		plainPort: { value: plainPort },
		...Object.fromEntries(Object.entries(running(port)).map(([name, value]) => [name, { value }])),
		whenChanged: { value: async (count = 1) => void (await desk.waitForLine(nth("changed ", count), 60_000)) },
		whenFailed: {
			value: async (count = 1) => JSON.parse((await desk.waitForLine(nth("failed ", count), 60_000))[1] as string)
		}
	}) as Device;
}

/** Ports for a device, which its CA has to know before it starts. */
export async function freePorts(): Promise<{ port: number; plainPort: number }> {
	return { port: await freePort(), plainPort: await freePort() };
}

/** The chain that a server shows to a client that trusts `root`, leaf first. Rejects when the client would not take it. */
export function chainOf(port: number, servername: string, root: string): Promise<X509Certificate[]> {
	return new Promise((resolve, reject) => {
		const socket = connect({ port, host: "127.0.0.1", servername, ca: root }, () => {
			const chain: X509Certificate[] = [];
			let each: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
			while (each !== undefined && !chain.some(({ raw }) => raw.equals(each?.raw as Buffer))) {
				chain.push(new X509Certificate(each.raw));
				each = each.issuerCertificate;
			}
			socket.end();
			resolve(chain);
		});
		socket.on("error", reject);
	});
}

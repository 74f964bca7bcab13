// Starts the server of the admission tests (host-tests/programs/server/admission-server.ts), and clients that stall before it.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach } from "@jest/globals";
import { startDesk } from "../desk";
import { curl, type Outcome } from "../https";
import { identityFolder } from "../identities";

const sockets: Socket[] = [];
const desks: ReturnType<typeof startDesk>[] = [];
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	await Promise.all(desks.splice(0).map(desk => desk.stop()));
});

/** Deadlines that no test waits for. */
export const patient = { handshakeTimeout: 60_000, silenceTimeout: 60_000 };

export async function start(config: Record<string, number | boolean | string> = {}) {
	const desk = startDesk({
		main: "build/js/host-tests/programs/server/admission-server.js",
		resources: [identityFolder],
		config
	});
	desks.push(desk);
	const port = Number((await desk.waitForLine(/served on (\d+)/))[1]);
	const control = Number((await desk.waitForLine(/control on (\d+)/))[1]);
	return {
		desk,
		port,
		get: () => curl(`https://localhost:${port}/`),
		/** The n-th allocation of TLS from now fails. */
		failAt: (n: number) => curl("-X", "POST", `http://127.0.0.1:${control}/fail/${n}`),
		/** The most memory that TLS has held, bytes. */
		peak: async () => Number((await curl(`http://127.0.0.1:${control}/peak`)).stdout),
		/** Says what the largest free block is to be. */
		setBlock: (size: number) => curl("-X", "POST", `http://127.0.0.1:${control}/block/${size}`)
	};
}

export const isServed = ({ status, stdout }: Outcome): boolean => status === 0 && stdout === "served";

/** A client that sends these bytes and nothing more. */
export async function stall(port: number, bytes: Buffer): Promise<Socket> {
	const socket = connect(port, "127.0.0.1").on("error", () => undefined);
	sockets.push(socket);
	await new Promise(resolve => socket.write(bytes, resolve));
	return socket;
}

/** A way to the server that holds its first answer back until told to pass it on. */
export async function holdBack(port: number) {
	let release = (): void => undefined;
	const isReleased = new Promise<void>(resolve => {
		release = resolve;
	});
	const target = connect(port, "127.0.0.1");
	const proxy = createServer(client => {
		sockets.push(
			client.on("error", () => undefined),
			target
		);
		client.pipe(target);
		isReleased.then(() => target.pipe(client));
		proxy.close();
	}).listen(0, "127.0.0.1");
	await once(proxy, "listening");
	return { port: (proxy.address() as AddressInfo).port, answered: once(target, "readable"), release };
}

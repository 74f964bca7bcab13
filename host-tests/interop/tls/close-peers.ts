// Ends that close over what is on its way, and a proxy that holds it back.

import { connect, createServer, type Socket } from "node:net";
import { expect } from "@jest/globals";
import { scaled } from "../../pace";
import { CertificateFolder } from "../client/certificates";
import { closers } from "../client/peers";
import { type Desk, startDesk } from "../desk";

export const folder = new CertificateFolder();
folder.leaf("server");

export function start(config: Record<string, string | number | boolean> = {}): Desk {
	return startDesk({
		main: "build/js/host-tests/programs/server/close-peer.js",
		resources: [folder.path],
		config: { quiet: scaled(300), ...config }
	});
}

export const portOf = async (desk: Desk): Promise<number> => Number((await desk.waitForLine(/listening on (\d+)/))[1]);

const closed = (desk: Desk) => desk.waitForLine(/closed after \d+/);

/** Half a second after it has closed, and long before it gives up. */
export async function closedFor(desk: Desk): Promise<void> {
	await closed(desk);
	await new Promise(resolve => setTimeout(resolve, 500));
}

/** Once it has given up, which must not be before its five seconds are over. */
export async function givenUp(desk: Desk): Promise<void> {
	const [, unsent, time] = await desk.waitForLine(/^unsent (\d+) after (\d+) ms$/m, 15_000);
	expect(Number(unsent)).toBeGreaterThan(0);
	expect(Number(time)).toBeGreaterThanOrEqual(5000);
}

/** Passes bytes on to `port`; what comes back (or with `up` what goes there) stays where it is until `isOver`. */
export async function delay(port: number, isOver: () => Promise<unknown>, up = false): Promise<number> {
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

export const written = async (desk: Desk): Promise<number> => Number((await closed(desk))[0].split(" ").at(-1));

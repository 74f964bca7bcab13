// The site whose memory clients can make grow, and a client that sends what it likes, and sees what comes.
import { connect as connectTCP } from "node:net";
import { connect } from "node:tls";
import { expect } from "@jest/globals";
import { setDeadline, until } from "../../../deadline";
import { type Desk, type Platform, startDesk } from "../../desk";

/** Starts it in the memory of a device. */
export async function startSite(
	platform: Platform,
	program = "memory-site",
	config: Record<string, number | true> = {}
) {
	const desk: Desk = startDesk({
		variant: "device",
		platform,
		resources: ["build/identity", "dashboard+=build/dashboard"],
		config,
		main: `build/js/host-tests/programs/httpsd/${program}.js`
	});
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	/** Ends it. XS must not have run out of memory, and nothing be charged. */
	const stop = async () => {
		const { code } = await desk.stop();
		expect([code, /charged at the end: (\d+)/.exec(desk.output)?.[1]]).toEqual([0, "0"]);
	};
	return { desk, port, stop };
}

/** Milliseconds of an idle machine after which it gives up. */
const patience = 8000;

export interface Client {
	/** All that has come, as Latin-1. */
	readonly text: string;
	/** Whether the server has not closed it. */
	readonly isOpen: boolean;
	/** Sends a request; the status of the first response, `undefined` when none comes. */
	ask(text: string): Promise<number | undefined>;
	/** Sends it; what has come once that `isWhole`, the server has closed the connection, or after so many milliseconds of an idle machine. */
	send(text: string, isWhole: (text: string) => boolean, milliseconds?: number): Promise<string>;
	/** The JSON that a path answers with; the connection is kept. */
	fetch(path: string): Promise<string>;
	close(): void;
}

/** A connection over TLS, from that address. One that is not made in time, or not at all, is tried again. */
export async function open(port: number, tries = 3, localAddress = "127.0.0.1", isPlain = false): Promise<Client> {
	const tcp = connectTCP({ port, host: "127.0.0.1", localAddress });
	const socket = isPlain ? tcp : connect({ socket: tcp, rejectUnauthorized: false });
	let text = "";
	const waiting = new Set<() => void>();
	const wake = () => {
		for (const each of waiting) each();
		waiting.clear();
	};
	const news = () => new Promise<void>(resolve => void waiting.add(resolve));
	socket.on("data", (bytes: Buffer) => {
		text += bytes.toString("latin1");
		wake();
	});
	let isOpen = false;
	socket.on(isPlain ? "connect" : "secureConnect", () => {
		isOpen = true;
		wake();
	});
	socket.on("error", wake).on("close", wake);
	const clear = setDeadline(patience, wake);
	await news();
	clear();
	if (!isOpen) {
		socket.destroy();
		if (tries === 0) throw new Error("No connection to the server");
		return open(port, tries - 1, localAddress, isPlain);
	}
	async function send(request: string, isWhole: (text: string) => boolean, milliseconds = patience): Promise<string> {
		socket.write(request, "latin1");
		let isLate = false;
		const clear = setDeadline(milliseconds, () => {
			isLate = true;
			wake();
		});
		while (!isWhole(text) && !socket.destroyed && !isLate) await news();
		clear();
		return text;
	}
	return {
		get text() {
			return text;
		},
		get isOpen() {
			return !socket.destroyed && !socket.readableEnded;
		},
		send,
		async ask(request) {
			await send(request, all => all.includes("\r\n\r\n"));
			const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
			if (!text.includes("application/json")) socket.destroy();
			return status === undefined ? undefined : Number(status);
		},
		async fetch(path) {
			text = "";
			socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
			while (!text.endsWith("}") && !socket.destroyed) await news();
			return text.slice(text.indexOf("{"));
		},
		close: () => void socket.destroy()
	};
}

/** Three clients at once send the request; the status of each response. */
export const askByThree = (port: number, text: string) => askAtOnce(port, text, 3);

/** So many at once. */
export function askAtOnce(port: number, text: string, count: number, isPlain = false): Promise<(number | undefined)[]> {
	return Promise.all(
		Array.from({ length: count }, async () => {
			const client = await open(port, 3, "127.0.0.1", isPlain);
			const answer = await client.ask(text);
			client.close();
			return answer;
		})
	);
}

/** What the site says of its memory. Who is late with his request may have lost his place to those who were there before. */
export async function figuresOf(port: number): Promise<Record<string, number>> {
	let figures = "";
	const isTold = async () => {
		const client = await open(port);
		figures = await client.fetch("/figures");
		client.close();
		return figures.endsWith("}");
	};
	await until(isTold, "figures");
	return JSON.parse(figures);
}

/** The least of XS's block that has been free. */
export const blockLowest = async (port: number): Promise<number> => (await figuresOf(port)).blockLowest as number;

// A client that sends what it likes, and sees what comes.
import { connect } from "node:tls";

/** Milliseconds after which it gives up. */
const patience = 8000;

export interface Client {
	/** All that has come, as Latin-1. */
	readonly text: string;
	/** Sends a request; the status of the first response, `undefined` when none comes. */
	ask(text: string): Promise<number | undefined>;
	/** The JSON that a path answers with; the connection is kept. */
	fetch(path: string): Promise<string>;
	close(): void;
}

/** A connection over TLS. One that is not made in time, or not at all, is tried again. */
export async function open(port: number, tries = 3): Promise<Client> {
	const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
	let text = "";
	let wake = () => {};
	socket.on("data", (bytes: Buffer) => {
		text += bytes.toString("latin1");
		wake();
	});
	socket.on("error", () => wake());
	socket.on("close", () => wake());
	const isOpen = await new Promise<boolean>(resolve => {
		const timer = setTimeout(() => resolve(false), patience);
		wake = () => resolve(false);
		socket.on("secureConnect", () => resolve(true));
		socket.on("close", () => clearTimeout(timer));
	});
	if (!isOpen) {
		socket.destroy();
		if (tries === 0) throw new Error("No connection to the server");
		return open(port, tries - 1);
	}
	return {
		get text() {
			return text;
		},
		async ask(request) {
			socket.write(request, "latin1");
			const end = Date.now() + patience;
			while (!text.includes("\r\n\r\n") && !socket.destroyed && Date.now() < end)
				await new Promise<void>(resolve => {
					wake = resolve;
					setTimeout(resolve, 100);
				});
			const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
			if (!text.includes("application/json")) socket.destroy();
			return status === undefined ? undefined : Number(status);
		},
		async fetch(path) {
			text = "";
			socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
			while (!text.endsWith("}") && !socket.destroyed)
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			return text.slice(text.indexOf("{"));
		},
		close: () => void socket.destroy()
	};
}

// The demo and its dashboard, and who looks at it without a browser.

import { once } from "node:events";
import { get } from "node:https";
import WebSocket from "ws";
import { within } from "../../../deadline";
import { type Desk, type DeskOptions, startDesk } from "../../desk";

export interface Demo {
	readonly desk: Desk;
	readonly port: number;
	readonly url: string;
}

const serving = /Serving https:\/\/[^:]+:(\d+)/;

export async function startDemo(config: DeskOptions["config"] = {}, options: DeskOptions = {}): Promise<Demo> {
	const resources = config.preferences === undefined ? ["build/identity"] : [];
	const desk = startDesk({ resources, ...options, config: { port: 0, host: "localhost", ...config } });
	const port = Number((await desk.waitForLine(serving))[1]);
	return { desk, port, url: `https://localhost:${port}` };
}

/** GETs a path on a connection of its own. @returns the status */
export function visit(port: number, path: string, options: object = {}): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const asked = get({ port, host: "localhost", path, agent: false, rejectUnauthorized: false, ...options }, answer =>
			answer.resume().on("end", () => resolve(answer.statusCode))
		);
		asked.on("error", reject);
	});
}

export type Message = Record<string, never> & {
	readonly [name: string]: unknown;
};

/** A page's end of the WebSocket. */
export class Viewer {
	readonly socket: WebSocket;
	readonly #come: Message[] = [];
	/** Listened for from the beginning: who asks for the status of another first may ask late. */
	readonly #status: Promise<number>;

	constructor(port: number, password?: string, origin?: string) {
		const authorization = `Basic ${Buffer.from(`admin:${password}`).toString("base64")}`;
		const headers = { ...(password === undefined ? {} : { authorization }), ...(origin && { origin }) };
		this.socket = new WebSocket(`wss://localhost:${port}/live`, { rejectUnauthorized: false, headers });
		this.socket.on("message", data => this.#come.push(JSON.parse(String(data))));
		this.socket.on("error", () => undefined);
		this.#status = new Promise(resolve => {
			this.socket.on("open", () => resolve(101));
			this.socket.on("unexpected-response", (_, answer) => resolve(answer.statusCode as number));
		});
	}

	/** The status by which it was refused; 101 when it was not. */
	status(): Promise<number> {
		return within(10_000, "an answer", this.#status);
	}

	/** The next message. */
	async next(): Promise<Message> {
		if (this.#come.length === 0) await within(10_000, "a message", once(this.socket, "message"));
		return this.#come.shift() as Message;
	}

	/** Messages that have come and were not taken. */
	get waiting(): number {
		return this.#come.length;
	}

	async ask(text: string): Promise<Message> {
		this.socket.send(text);
		return this.next();
	}

	async close(): Promise<void> {
		this.socket.close();
		await once(this.socket, "close");
	}
}

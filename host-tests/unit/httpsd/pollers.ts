// A FAKE: clients that post again and again over a network with a latency, by a clock that jest turns.

import { jest } from "@jest/globals";
import { type FakeClient, FakeListener, settle } from "./fake-socket";

const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

export interface Polling {
	readonly clients: number;
	/** Milliseconds from client to server. */
	readonly latency: number;
	/** Milliseconds from an answer to the next request. */
	pause(client: number): number;
	/** Requests in all. */
	readonly requests: number;
}

export interface Polled {
	/** Requests whose connection was closed while they were on their way. */
	lost: number;
	connections: number;
	/** The longest that a request has waited for its answer, in ms. */
	longest: number;
	/** When it was over, in ms. */
	time: number;
}

/** A number from 0 up to 1, of a sequence that is the same each time. */
export function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

class World {
	now = 0;
	/** In the order of time. */
	readonly #events: { at: number; run: () => void }[] = [];

	after(ms: number, run: () => void): void {
		const at = Math.round(this.now + ms);
		const later = this.#events.findIndex(event => event.at > at);
		this.#events.splice(later < 0 ? this.#events.length : later, 0, { at, run });
	}

	async run(isOver: () => boolean): Promise<void> {
		for (let next = this.#events[0]; next !== undefined && !isOver(); next = this.#events[0]) {
			const step = Math.min(next.at - this.now, 50);
			if (step > 0) {
				this.now += step;
				jest.advanceTimersByTime(step);
			} else this.#events.shift()?.run();
			await settle();
		}
	}
}

/** One client, which keeps its connection as long as it may. */
class Poller {
	readonly #world: World;
	readonly #latency: number;
	readonly #done: (waited: number | undefined) => void;
	#connection: FakeClient | undefined;
	#isWaiting = false;
	#since = 0;

	constructor(world: World, latency: number, done: (waited: number | undefined) => void) {
		this.#world = world;
		this.#latency = latency;
		this.#done = done;
	}

	/** @returns whether it had to connect */
	post(): boolean {
		this.#since = this.#world.now;
		this.#isWaiting = true;
		const known = this.#connection;
		if (known !== undefined) this.send(known);
		else this.#world.after(this.#latency, () => this.connect());
		return known === undefined;
	}

	private connect(): void {
		const connection = FakeListener.last.connect();
		const { chunks } = connection;
		let isClosed = false;
		// What the server does is seen after the latency.
		chunks.push = (...pieces) => {
			const text = pieces.map(piece => Buffer.from(piece).toString("latin1")).join("");
			this.#world.after(this.#latency, () => this.answered(connection, text));
			return 0;
		};
		Object.defineProperty(connection, "closed", {
			get: () => isClosed,
			set: () => {
				if (!isClosed) this.#world.after(this.#latency, () => this.closed(connection));
				isClosed = true;
			}
		});
		this.#connection = connection;
		this.#world.after(this.#latency, () => this.send(connection));
	}

	private send(connection: FakeClient): void {
		this.#world.after(this.#latency, () => {
			if (!connection.closed) connection.send(post);
		});
	}

	private answered(connection: FakeClient, text: string): void {
		if (text.includes("connection: close") && this.#connection === connection) this.#connection = undefined;
		this.#isWaiting = false;
		this.#done(this.#world.now - this.#since);
	}

	private closed(connection: FakeClient): void {
		if (this.#connection !== connection) return;
		this.#connection = undefined;
		if (!this.#isWaiting) return;
		this.#isWaiting = false;
		this.#done(undefined);
	}
}

/** Has clients post until there were so many requests. A server over the fake listener answers, and jest's clock is faked. */
export async function poll({ clients, latency, pause, requests }: Polling): Promise<Polled> {
	const world = new World();
	const result: Polled = { lost: 0, connections: 0, longest: 0, time: 0 };
	let left = requests;
	for (let client = 0; client < clients; client++) {
		const ask = () => {
			if (poller.post()) result.connections++;
		};
		const poller = new Poller(world, latency, waited => {
			left--;
			if (waited === undefined) result.lost++;
			else if (waited > result.longest) result.longest = waited;
			world.after(pause(client), ask);
		});
		world.after(pause(client), ask);
	}
	await world.run(() => left <= 0);
	result.time = world.now;
	return result;
}

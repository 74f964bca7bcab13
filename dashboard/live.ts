import type { Answer } from "./messages";

/** Milliseconds before the first further attempt, and at most. */
const retry = { first: 1000, most: 15_000 };

export interface LiveListener {
	answered(answer: Answer): void;
	/** The number of the last error that is known. */
	readonly last: number;
	/** Milliseconds between two questions, once the server has said. */
	readonly interval: number;
	/** In words, for people. */
	state(text: string, isLive: boolean): void;
	/** No answers come for a while. */
	lost(): void;
}

/** Asks the server, one question after the other, as long as somebody sees the page; and connects again when it has to. */
export class Live {
	readonly #listener: LiveListener;
	#socket: WebSocket | undefined;
	#wait = retry.first;
	#timer = 0;
	#asking = 0;

	constructor(listener: LiveListener) {
		this.#listener = listener;
		document.addEventListener("visibilitychange", () => (document.hidden ? this.#pause() : this.#connect()));
		if (!document.hidden) this.#connect();
	}

	/** @returns whether it could be sent */
	send(text: string): boolean {
		const socket = this.#socket;
		if (socket?.readyState !== WebSocket.OPEN) return false;
		socket.send(text);
		return true;
	}

	#connect(): void {
		clearTimeout(this.#timer);
		if (this.#socket !== undefined) return;
		const socket = new WebSocket(new URL("live", location.href.replace(/^http/, "ws")));
		this.#socket = socket;
		socket.onopen = () => {
			this.#wait = retry.first;
			this.#listener.state("Live", true);
		};
		socket.onmessage = ({ data }) => {
			this.#listener.answered(JSON.parse(data) as Answer);
			if (this.#asking === 0) this.#ask();
		};
		socket.onclose = () => {
			if (this.#socket !== socket) return;
			this.#end("Not reached: trying again");
			this.#timer = setTimeout(() => this.#connect(), this.#wait);
			this.#wait = Math.min(2 * this.#wait, retry.most);
		};
	}

	#ask(): void {
		const ask = () => this.send(String(this.#listener.last));
		this.#asking = setInterval(ask, this.#listener.interval);
		ask();
	}

	/** Nobody sees it: the place is for others. */
	#pause(): void {
		const socket = this.#socket;
		this.#end("Paused while nobody looks");
		socket?.close();
	}

	#end(text: string): void {
		clearInterval(this.#asking);
		this.#asking = 0;
		this.#socket = undefined;
		this.#listener.lost();
		this.#listener.state(text, false);
	}
}

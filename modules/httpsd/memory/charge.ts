import HttpError from "../http-error";

/** Where room is asked for: a connection's account. */
export interface Room {
	/** The most that there could ever be. */
	readonly most: number;
	take(bytes: number): boolean;
	give(bytes: number): void;
}

/** What the content of one request, or a message, holds of its connection's account, until it ends. */
export default class Charge {
	readonly #room: Room;
	#held = 0;
	#hasEnded = false;

	constructor(room: Room) {
		this.#room = room;
	}

	/** Bytes held. */
	get held(): number {
		return this.#held;
	}

	/** @throws {HttpError} 413 when there can never be so much room, 503 when there is none now. */
	take(bytes: number): void {
		if (!this.#room.take(bytes)) throw noRoom(this.#room, this.#held + bytes);
		this.#held += bytes;
		if (this.#hasEnded) this.give(bytes);
	}

	give(bytes: number): void {
		// What was given back when it ended is not given back again.
		const given = bytes < this.#held ? bytes : this.#held;
		this.#held -= given;
		this.#room.give(given);
	}

	/** Gives all back; what is taken from now on is not held. */
	end(): void {
		this.#hasEnded = true;
		this.give(this.#held);
	}
}

/** Why `bytes` are refused: there can never be so much room, or there is none now. */
export function noRoom({ most }: { readonly most: number }, bytes: number): HttpError {
	if (bytes > most) return new HttpError(413, "MEMORY", "Request needs more memory than the server may use");
	return new HttpError(503, "MEMORY", "Server has no memory for the request now");
}

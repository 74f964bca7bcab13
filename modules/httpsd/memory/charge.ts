import { noRoomNow } from "../heap/no-room";
import HttpError from "../http-error";

/** Where room is asked for: a connection's account. */
export interface Room {
	/** The most that there could ever be. */
	readonly most: number;
	/** What has been taken. */
	readonly held: number;
	take(bytes: number): boolean;
	/** The same, but nobody gives anything back for it. */
	takeNow(bytes: number): boolean;
	give(bytes: number): void;
	/** Whether XS has so many bytes of chunks now, which are not counted. */
	isThere(bytes: number): boolean;
	/** Takes it later: `settle` is called with whether that was possible in time. */
	wait(bytes: number, settle: (isGranted: boolean) => void): void;
}

/** What the content of one request, or a message, holds of its connection's account, until it ends. */
export default class Charge {
	readonly #room: Room;
	#held: number;
	#hasEnded = false;

	/** @param held what has been taken for it already. */
	constructor(room: Room, held = 0) {
		this.#room = room;
		this.#held = held;
	}

	/** Bytes held. */
	get held(): number {
		return this.#held;
	}

	/** @throws {HttpError} 413 when there can never be so much room, 503 when there is none now. */
	take(bytes: number): void {
		if (!this.#room.take(bytes)) throw noRoom(this.#room, bytes);
		this.taken(bytes);
	}

	/** Bytes are needed for a moment. @throws {HttpError} 503 when XS has not so many. */
	need(bytes: number): void {
		if (!this.#room.isThere(bytes)) throw noRoomNow();
	}

	/** As `take()`, but nobody gives anything back for it: for where XS's stack is deep. */
	takeNow(bytes: number): void {
		if (!this.#room.takeNow(bytes)) throw noRoom(this.#room, bytes);
		this.taken(bytes);
	}

	/**
	 * Takes bytes now or later.
	 * @param settle is called once they have been taken, unless that was at once; or with why they never are.
	 * @returns whether they have been taken.
	 * @throws {HttpError} 413 when there can never be so much room.
	 */
	ask(bytes: number, settle: (error?: HttpError) => void): boolean {
		if (this.#room.take(bytes)) {
			this.taken(bytes);
			return true;
		}
		if (this.#room.held + bytes > this.#room.most) throw noRoom(this.#room, bytes);
		this.#room.wait(bytes, isGranted => {
			if (isGranted) this.taken(bytes);
			settle(isGranted ? undefined : noRoomNow());
		});
		return false;
	}

	/** As `ask()`. @returns a promise when they have to be waited for. */
	when(bytes: number): Promise<void> | undefined {
		let settle: (error?: HttpError) => void = () => {};
		if (this.ask(bytes, error => settle(error))) return undefined;
		return new Promise((resolve, reject) => {
			settle = error => (error === undefined ? resolve() : reject(error));
		});
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

	private taken(bytes: number): void {
		this.#held += bytes;
		if (this.#hasEnded) this.give(bytes);
	}
}

/** Why `bytes` more are refused: there can never be so much room, or there is none now. */
export const noRoom = ({ held, most }: { readonly held: number; readonly most: number }, bytes: number): HttpError => {
	if (held + bytes > most) return new HttpError(413, "MEMORY", "Request needs more memory than the server may use");
	return noRoomNow();
};

/** Content is over its limit. */
export const tooLarge = (): HttpError => {
	return new HttpError(413, "BODY_SIZE", "Request content is over the limit");
};

import type { Socket } from "../io";
import { limits } from "./limits";
import type Session from "./session";

const { writeSize } = limits;

/** Ciphertext on its way from a session to TCP. */
export default class Outflow {
	readonly #tcp: Socket;
	/** Bytes that TCP has room for. */
	room = 0;
	/** Ciphertext waits for room. */
	isStuck = false;

	constructor(tcp: Socket) {
		this.#tcp = tcp;
	}

	/** Gives TCP as much as it has room for. */
	drain(session: Session): void {
		while (this.room > 0) {
			const limit = this.room < writeSize ? this.room : writeSize;
			const ciphertext = session.drain(limit);
			const count = ciphertext?.byteLength ?? 0;
			this.room -= count;
			if (ciphertext !== undefined) this.#tcp.write(ciphertext);
			if (count < limit) {
				this.isStuck = false;
				return;
			}
		}
		this.isStuck = session.pending > 0;
	}
}

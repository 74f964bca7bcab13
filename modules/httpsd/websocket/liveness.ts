import type { Deadline } from "../async/deadlines";
import type Channel from "../channel";

/** The WebSocket whose peer it is. */
interface Pinger {
	/** Whether the peer takes what it is sent, a Ping for one. */
	readonly hasRoom: boolean;
	ping(): unknown;
	destroy(): void;
}

/** Whether a WebSocket's peer is there: silence is answered with a Ping, further silence ends the connection. */
export default class Liveness implements Deadline {
	deadline: number | undefined;
	readonly #channel: Channel;
	readonly #pinger: Pinger;
	/** Whether a Ping was sent since the last bytes came. */
	#pinged = false;
	/** Whether nothing that comes puts the deadline off any more. */
	#ending = false;

	constructor(channel: Channel, pinger: Pinger) {
		this.#channel = channel;
		this.#pinger = pinger;
	}

	/** Bytes have come from the peer, or the connection begins. */
	received(): void {
		if (this.#ending) return;
		this.#pinged = false;
		this.#channel.deadlines.set(this, this.#channel.limits.pingInterval);
	}

	/** The connection ends after so many milliseconds, unless it does before. */
	endAfter(ms: number): void {
		this.#ending = true;
		this.#channel.deadlines.set(this, ms);
	}

	/** The connection has ended. */
	clear(): void {
		this.#ending = true;
		this.#channel.deadlines.clear(this);
	}

	expire(): void {
		const { deadlines, limits } = this.#channel;
		const { hasRoom } = this.#pinger;
		if (this.#ending || (this.#pinged && hasRoom)) {
			this.#pinger.destroy();
			return;
		}
		// A peer that takes nothing can't be sent a Ping. It has `writeTimeout`.
		this.#pinged = hasRoom;
		if (hasRoom) this.#pinger.ping();
		deadlines.set(this, hasRoom ? limits.pongTimeout : limits.pingInterval);
	}
}

import Timer from "timer";
import { limits } from "../limits";
import { countLingering, linger } from "./linger";
import type Session from "./session";
import type Wire from "./wire";
import { ended, type WireOwner } from "./wire";

const { closeTimeout, lingerTimeout, maxClosing } = limits;

/** The first to begin comes first. */
let underWay: Set<Closing> | undefined;

const begin = (closing: Closing): void => {
	underWay ??= new Set();
	const [first] = underWay;
	if (underWay.size >= maxClosing) first?.abort();
	underWay.add(closing);
};

/** How many there are, with those that linger. */
export const countClosing = (): number => {
	return (underWay?.size ?? 0) + countLingering();
};

/** Closes TCP after the last byte was given to it: at once, or once the peer has. */
const closeTCP = (wire: Wire, lingers: boolean): void => {
	if (lingers) linger(wire.tcp, lingerTimeout);
	else wire.tcp.close();
};

/**
 * Closes TCP once it has taken what the session has queued; at once if it has ended, or there is no session.
 * @param lingers TCP is closed after the peer's: it may still be sending, and is to read what was sent
 * @param closed called when that is later
 * @returns what goes on until then; `undefined` when TCP is closed
 */
export const closeWhenSent = (
	wire: Wire,
	session: Session | undefined,
	lingers: boolean,
	closed: () => void
): Closing | undefined => {
	wire.discard();
	if (session === undefined || wire.available === ended) {
		wire.tcp.close();
		return undefined;
	}
	wire.drain(session);
	if (session.pending > 0) return new Closing(wire, session, lingers, closed);
	closeTCP(wire, lingers);
	return undefined;
};

/**
 * A connection whose last bytes TCP has no room for yet. TCP is closed once it has taken them, has ended, or after
 * `limits.closeTimeout`. What the peer still sends is dropped.
 */
export class Closing implements WireOwner {
	readonly #wire: Wire;
	readonly #session: Session;
	readonly #lingers: boolean;
	readonly #closed: () => void;
	readonly #deadline: Timer;

	/** Takes the wire over; the session stays the caller's to free. */
	constructor(wire: Wire, session: Session, lingers: boolean, closed: () => void) {
		this.#wire = wire;
		this.#session = session;
		this.#lingers = lingers;
		this.#closed = closed;
		this.#deadline = Timer.set(() => this.abort(), closeTimeout);
		wire.tcp.target = this;
		begin(this);
	}

	/** @internal */
	onReadable(count: number): void {
		this.#wire.available = count;
		this.#wire.discard();
	}

	/** @internal */
	onWritable(count: number): void {
		this.#wire.room = count;
		this.#wire.drain(this.#session);
		if (this.#session.pending > 0) return;
		closeTCP(this.#wire, this.#lingers);
		this.finish();
	}

	/** @internal */
	onError(): void {
		this.#wire.available = ended;
		this.abort();
	}

	/** Closes TCP now; what was not sent is lost. */
	abort(): void {
		this.#wire.tcp.close();
		this.finish();
	}

	private finish(): void {
		Timer.clear(this.#deadline);
		underWay?.delete(this);
		this.#closed();
	}
}

import Time from "time";
import { digestLimits } from "../limits";
import { hmac, randomHex, sameSecret } from "./secret";

/** How far behind the highest count another may come: clients use several connections at once. */
const windowSize = 32;
const timeDigits = 12;
const saltBytes = 8;
const secretBytes = 32;
/** Of a nonce: time and salt, and the HMAC of both. */
const nonceLength = timeDigits + 2 * saltBytes + 2 * 32;

/** The counts of a nonce that were used. */
interface Use {
	readonly made: number;
	highest: number;
	/** Bit n stands for the count that is n below the highest. */
	seen: number;
}

/**
 * Nonces (RFC 7616 §5.4, §5.5). One has the time when it was made, and an HMAC, so nothing is kept of those that were
 * only sent out. Of those in use the counts are kept, so that no request is accepted twice.
 */
export default class DigestNonces {
	readonly #secret = randomHex(secretBytes);
	readonly #uses = new Map<string, Use>();
	#ticks = Time.ticks;
	#now = 0;
	/** When the youngest nonce was made whose counts were dropped: of those made until then, only known ones are good. */
	#forgotten = -1;

	/** A new nonce. */
	make(): string {
		const stamp = this.clock().toString(16).padStart(timeDigits, "0") + randomHex(saltBytes);
		return stamp + this.proof(stamp);
	}

	/**
	 * Uses a nonce with a count, which must come with a proof that the user's password is known.
	 * @returns whether both are good: the nonce was made here and not too long ago, the count is new.
	 */
	use(nonce: string, count: number): boolean {
		const known = this.#uses.get(nonce);
		const made = known?.made ?? this.madeAt(nonce);
		if (made === undefined || this.clock() - made > digestLimits.nonceLifetime) return false;
		if (known === undefined && made <= this.#forgotten) return false;
		const use = known ?? { made, highest: 0, seen: 0 };
		if (!mark(use, count)) return false;
		this.keep(nonce, use);
		return true;
	}

	private madeAt(nonce: string): number | undefined {
		if (nonce.length !== nonceLength) return undefined;
		const stamp = nonce.slice(0, timeDigits + 2 * saltBytes);
		return sameSecret(nonce.slice(stamp.length), this.proof(stamp))
			? Number(`0x${stamp.slice(0, timeDigits)}`)
			: undefined;
	}

	private proof(stamp: string): string {
		return hmac(this.#secret, stamp);
	}

	private keep(nonce: string, use: Use): void {
		this.#uses.delete(nonce);
		this.#uses.set(nonce, use);
		if (this.#uses.size <= digestLimits.maxNonces) return;
		const [oldest, { made }] = this.#uses.entries().next().value as [string, Use];
		this.#uses.delete(oldest);
		this.#forgotten = Math.max(this.#forgotten, made);
	}

	/** Milliseconds since this object was made. Ticks wrap after 49 days; this does not. */
	private clock(): number {
		const ticks = Time.ticks;
		this.#now += (ticks - this.#ticks) >>> 0;
		this.#ticks = ticks;
		return this.#now;
	}
}

/** Marks a count as used; false when it was, or is too far behind the highest. */
const mark = (use: Use, count: number): boolean => {
	const behind = use.highest - count;
	if (behind < 0) {
		use.seen = -behind < windowSize ? (use.seen << -behind) | 1 : 1;
		use.highest = count;
		return true;
	}
	const bit = 1 << behind;
	if (count < 1 || behind >= windowSize || (use.seen & bit) !== 0) return false;
	use.seen |= bit;
	return true;
};

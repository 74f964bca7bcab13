// XS lives in one fixed block on a device, and when that is full the device restarts: there is no exception to catch.
// So what a peer can make grow is charged here before it is allocated, and what has no room is refused (row Z12).

/**
 * Bytes of XS heap that the connections of a server hold together, beside what they hold at rest. Half of them are
 * divided among the places, so that nobody can starve the rest; the other half are for whoever comes first.
 */
export default class Budget {
	/** The most that is granted. */
	readonly limit: number;
	/** Bytes held. */
	used = 0;
	/** The most that were held at once. */
	peak = 0;
	/** How often there was no room. */
	refused = 0;
	/** Have what can be done without given back. */
	readonly #relievers: (() => void)[] = [];
	#places = 0;
	#share = 0;
	/** Bytes of the common half that nobody holds. */
	#left = 0;

	constructor(limit: number) {
		this.limit = limit;
	}

	/**
	 * Adds places for connections, before there are any.
	 * @param relieve has them give back what they can do without.
	 */
	addPlaces(count: number, relieve: () => void): void {
		this.#relievers.push(relieve);
		this.#places += count;
		this.#share = Math.floor(this.limit / 2 / this.#places);
		this.#left = this.limit - this.#share * this.#places;
	}

	/** The most that one connection may ever hold. */
	get most(): number {
		return this.limit - this.#share * (this.#places - 1);
	}

	/** @internal Has what can be done without given back. */
	relieve(): void {
		for (const relieve of this.#relievers) relieve();
	}

	/** @internal Whether a connection that holds `before` may hold `after` bytes. */
	allows(before: number, after: number): boolean {
		const common = this.commonPart(after) - this.commonPart(before);
		return common <= 0 || common <= this.#left;
	}

	/** @internal A connection that held `before` bytes holds `after`. */
	change(before: number, after: number): void {
		this.#left -= this.commonPart(after) - this.commonPart(before);
		this.used += after - before;
		if (this.used > this.peak) this.peak = this.used;
	}

	private commonPart(held: number): number {
		return held > this.#share ? held - this.#share : 0;
	}
}

/** What one connection holds of a budget. */
export class Account {
	readonly #budget: Budget;
	#held = 0;
	#isClosed = false;

	constructor(budget: Budget) {
		this.#budget = budget;
	}

	/** Bytes held. */
	get held(): number {
		return this.#held;
	}

	/** The most that could ever be held. */
	get most(): number {
		return this.#budget.most;
	}

	/**
	 * Asks for room, before it is used. A closed connection, whose handler may still run, holds nothing, but is not
	 * granted what there is no room for.
	 * @returns whether there is.
	 */
	take(bytes: number): boolean {
		if (!this.fits(bytes)) return false;
		this.force(bytes);
		return true;
	}

	/** Whether `take()` would be granted now. If not, that counts as refused. */
	fits(bytes: number): boolean {
		const budget = this.#budget;
		if (budget.allows(this.#held, this.#held + bytes)) return true;
		budget.relieve();
		if (budget.allows(this.#held, this.#held + bytes)) return true;
		budget.refused++;
		return false;
	}

	/** Counts bytes that have come already, and of which a limit allows few. Negative: they are given back. */
	force(bytes: number): void {
		if (this.#isClosed) return;
		this.#budget.change(this.#held, this.#held + bytes);
		this.#held += bytes;
	}

	/** Gives back what was taken. */
	give(bytes: number): void {
		this.force(-bytes);
	}

	/** The connection has closed: gives all back. */
	close(): void {
		this.force(-this.#held);
		this.#isClosed = true;
	}
}

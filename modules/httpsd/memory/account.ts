import type { Deadline } from "../async/deadlines";
import type Budget from "./budget";
import { HeldContent } from "./held-content";

/** What one connection holds of a budget. The busiest methods come first. No fields of `#`, as in Output. */
export default class Account {
	private bytes = 0;
	private readonly budget: Budget;
	/** While it waits for room; `null` once the connection has closed. */
	private waiter: Deadline | null | undefined;

	constructor(budget: Budget) {
		this.budget = budget;
		budget.came();
	}

	/**
	 * Asks for room, before it is used. A closed connection, whose handler may still run, holds nothing, but is not
	 * granted what there is no room for.
	 * @param areObjects whether they are XS's slots, not chunks.
	 * @returns whether there is.
	 */
	take(bytes: number, areObjects = false): boolean {
		if (this.bytes + bytes > this.budget.share && !this.fits(bytes, areObjects)) return false;
		this.force(bytes);
		return true;
	}

	/** Counts bytes that have come already, and of which a limit allows few. Negative: they are given back. */
	force(bytes: number): void {
		if (this.waiter === null || bytes === 0) return;
		const budget = this.budget;
		const before = this.bytes;
		const after = before + bytes;
		this.bytes = after;
		if (before > budget.share || after > budget.share || this.waiter !== undefined) budget.change(before, after);
		else {
			const used = budget.used + bytes;
			budget.used = used;
			if (used > budget.peak) budget.peak = used;
		}
	}

	/** Whether `take()` would be granted now. If not, that counts as refused. */
	fits(bytes: number, areObjects = false): boolean {
		const budget = this.budget;
		const held = this.bytes + bytes;
		if (held <= budget.share || budget.allows(this.bytes, held, areObjects)) return true;
		budget.relieve();
		if (budget.allows(this.bytes, this.bytes + bytes, areObjects)) return true;
		budget.refused++;
		return false;
	}

	/**
	 * Content that has been made waits until the client takes it. However long it is, it counts for no more than this
	 * connection may hold: it is there already, and is sent in pieces.
	 * @param isOptional whether there is another way: that there is no room does not count as refused.
	 * @returns what is held, perhaps by others too, to be given to `release()`; `undefined` when there is no room now.
	 */
	hold(content: string | ArrayBuffer, length: number, isOptional = false): HeldContent | undefined {
		const { contents } = this.budget;
		const same = contents.find(content);
		if (same !== undefined) {
			same.add(this);
			return same;
		}
		const bytes = this.leastFor(length);
		if (!(isOptional ? this.takeNow(bytes) : this.take(bytes))) return undefined;
		const held = new HeldContent(content, bytes, this, bytes < length);
		contents.add(held);
		return held;
	}

	/**
	 * Whether `hold()` would be granted now. If not, that counts as refused. Of content that is longer than one connection
	 * may hold there is only one at a time: what it is longer by is not counted.
	 */
	canHold(content: string | ArrayBuffer, length: number): boolean {
		const { contents } = this.budget;
		if (contents.find(content) !== undefined) return true;
		const bytes = this.leastFor(length);
		if (bytes === length || !contents.hasLong) return this.fits(bytes);
		this.budget.refused++;
		return false;
	}

	release(held: HeldContent): void {
		this.budget.contents.remove(held, this);
	}

	/** What `length` bytes that are there already count for. */
	leastFor(length: number): number {
		const left = this.most - this.bytes;
		if (left <= 0) return 0;
		return length < left ? length : left;
	}

	/** Gives back what was taken. */
	give(bytes: number): void {
		this.force(-bytes);
	}

	/** Whether XS has room for so many bytes of chunks now, which are not counted. If not, that counts as refused. */
	isThere(bytes: number): boolean {
		if (this.budget.hasRoomNow(bytes)) return true;
		this.budget.refused++;
		return false;
	}

	/** The same, beside what others need not ask for. */
	isThereBeside(bytes: number): boolean {
		if (this.budget.hasRoomBeside(bytes)) return true;
		this.budget.refused++;
		return false;
	}

	/** As `isThereBeside()`, but it does not count as refused. */
	hasRoomBeside(bytes: number): boolean {
		return this.budget.hasRoomBeside(bytes);
	}

	/** Bytes held. */
	get held(): number {
		return this.bytes;
	}

	/** Whether it waits for room. */
	get isWaiting(): boolean {
		return this.waiter != null;
	}

	/** The most that could ever be held. */
	get most(): number {
		return this.budget.most;
	}

	/** Bytes that are free for the head that is being parsed, and need not be taken. */
	get reserve(): number {
		return this.budget.reserve;
	}

	/** As `take()`, but nobody gives anything back for it, and it does not count as refused. */
	takeNow(bytes: number, areObjects = false): boolean {
		const held = this.bytes + bytes;
		if (held > this.budget.share && !this.budget.allows(this.bytes, held, areObjects)) return false;
		this.force(bytes);
		return true;
	}

	/**
	 * Waits for room, one at a time.
	 * @param settle is called later, with whether the room has been taken: not when others hold it for too long, or the
	 * connection closes.
	 * @param areObjects as for `take()`.
	 */
	wait(bytes: number, settle: (isGranted: boolean) => void, areObjects = false): void {
		if (this.waiter !== undefined) {
			Promise.resolve().then(() => settle(false));
			return;
		}
		this.waiter = this.budget.wait(this, { bytes, areObjects }, isGranted => {
			this.endWait();
			settle(isGranted);
		});
	}

	private endWait(): void {
		if (this.waiter == null) return;
		this.budget.endWait(this.waiter);
		this.waiter = undefined;
	}

	/** The client has left, which is told once; what a handler holds stays until `close()`. */
	leave(): void {
		this.budget.left();
	}

	/** The connection has closed, and no handler goes on: gives all back. */
	close(): void {
		if (this.waiter === null) return;
		if (this.waiter !== undefined) this.budget.refuse(this.waiter);
		this.force(-this.bytes);
		this.waiter = null;
		this.budget.ended(1);
	}
}

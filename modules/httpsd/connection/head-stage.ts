import { noRoomNow } from "../heap/no-room";
import type Account from "../memory/account";
import { noRoom } from "../memory/charge";
import { fixedCosts } from "../memory/costs";
import type { RequestHead } from "../message/kept-head";
import { readHead } from "../message/native-head";
import PartialHead from "../message/partial-head";
import Input, { type InputOwner } from "./input";

/** Whose heads are read. */
export interface HeadOwner extends InputOwner {
	readonly account: Account;
	/** A head has come, and there is room for its request. */
	begin(head: RequestHead): void;
	/** What has come is no request that can be answered. */
	refuse(error: Error): void;
}

/** How often a head that comes in pieces is there beside what had come of it, until its text is. */
const copies = 3;

/** Reads the heads of a connection's requests. What there is no memory for waits: nothing more is read then. */
export default class HeadStage extends Input<HeadOwner> {
	/** Whether it waits for memory. */
	get isWaiting(): boolean {
		return this.partial?.isWaiting ?? false;
	}

	/** Waits no longer. */
	endWait(): void {
		if (this.partial !== undefined) this.partial.isWaiting = false;
	}

	/** Takes what has come. @returns `false` when nothing has. */
	read(): boolean {
		const owner = this.owner;
		const partial = this.partial;
		if (partial !== undefined) {
			if (partial.isWaiting) return false;
			if (partial.next !== undefined) return this.goOn(partial, partial.next);
			if (!this.mayReadOn(partial)) return !partial.isWaiting;
		}
		const last = this.last;
		const bytes = this.take(owner.limits.readSize, last?.bytes);
		if (bytes === undefined) return false;
		// Nearly always the client has sent the head of its last request again.
		if (bytes === last?.bytes && partial === undefined && last.isPlain) {
			owner.begin(last);
			return true;
		}
		let found: number | undefined;
		if (partial === undefined) {
			const limits = owner.limits;
			found = readHead(bytes, limits.maxRequestLine, limits.maxHeadBytes, limits.maxHeaderCount);
			const head = this.pushAlone(bytes, found);
			if (head !== undefined) {
				owner.begin(head);
				return true;
			}
		}
		try {
			const head = this.push(bytes, found);
			if (this.partial !== undefined) this.keepWaiting(this.partial);
			if (head?.contentLength === 0) owner.begin(head);
			else if (head !== undefined) this.begin(head);
		} catch (error) {
			owner.refuse(error as Error);
		}
		return true;
	}

	/** What came behind the head waits, or the head itself does. */
	private keepWaiting(partial: PartialHead): void {
		const { rest, needs } = partial;
		if (rest !== undefined) {
			this.putBack(rest);
			partial.rest = undefined;
			if (needs === 0) this.partial = undefined;
		}
		if (needs > 0) this.wait(needs, () => this.begin(this.resume()));
	}

	/** Whether there is room for more of a head. */
	private mayReadOn(partial: PartialHead): boolean {
		const { limits, account } = this.owner;
		const { bytes } = partial;
		if (bytes === undefined || this.empty) return true;
		try {
			// It is joined to what has come, cut and decoded: however little is charged, a client can have slots taken where that would be.
			if (!account.isThere(copies * (bytes.byteLength + limits.readSize))) throw noRoomNow();
			const { isGranted } = partial;
			partial.isGranted = false;
			// It is not asked again: XS may have less than when it was granted, and to wait, be granted and ask would go on without end.
			if (isGranted || account.fits(limits.readSize)) return true;
			this.wait(limits.readSize, () => {
				partial.isGranted = true;
			});
		} catch (error) {
			this.owner.refuse(error as Error);
		}
		return false;
	}

	/** The connection has closed. */
	override close(): void {
		this.putBack(undefined);
		this.endWait();
		super.close();
	}

	/** Begins a request. One with content takes more memory, and waits for it. */
	private begin(head: RequestHead | undefined): void {
		const { account } = this.owner;
		if (head === undefined) throw noRoomNow();
		if (head.contentLength === 0 || account.take(fixedCosts.content, true)) this.owner.begin(head);
		else
			this.wait(
				fixedCosts.content,
				() => {
					this.partial = undefined;
					this.owner.begin(head);
				},
				true
			);
	}

	/** There is room now, or none in time. Done here, and not where that is told, the request is answered as any other is, and XS's stack is less deep. */
	private goOn(partial: PartialHead, next: () => void): boolean {
		partial.next = undefined;
		try {
			next();
		} catch (error) {
			this.owner.refuse(error as Error);
		}
		return true;
	}

	/**
	 * Goes on with `next`, which finds so many bytes free; refuses the request when they are not in time.
	 * @param areObjects whether they are XS's slots, which are taken then: XS may have less by the time of `next`, and to ask again, wait
	 * and be granted could go on without end.
	 */
	private wait(bytes: number, next: () => void, areObjects = false): void {
		const { account } = this.owner;
		if (account.held + bytes > account.most) throw noRoom(account, bytes);
		this.partial ??= new PartialHead();
		const partial = this.partial;
		partial.isWaiting = true;
		const settle = (isGranted: boolean) => {
			if (isGranted && !(areObjects && partial.isWaiting)) account.give(bytes);
			if (!partial.isWaiting) return;
			partial.isWaiting = false;
			partial.next = isGranted ? next : refuse;
			this.owner.wake();
		};
		account.wait(bytes, settle, areObjects);
	}
}

const refuse = (): never => {
	throw noRoomNow();
};

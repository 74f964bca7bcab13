import { fixedCosts, type Limits } from "../limits";
import type Account from "../memory/account";
import { noRoom, noRoomNow } from "../memory/charge";
import RequestHeadReader, { type RequestHead } from "../message/request-head";
import type Input from "./input";

/** Whose heads are read. */
export interface HeadOwner {
	readonly limits: Readonly<Limits>;
	readonly account: Account;
	readonly input: Input;
	/** A head has come, and there is room for its request. */
	begin(head: RequestHead): void;
	/** What has come is no request that can be answered. */
	refuse(error: Error): void;
	wake(): void;
}

/** Reads the heads of a connection's requests. What there is no memory for waits: nothing more is read then. */
export default class HeadStage {
	/** Whether it waits for memory. */
	isWaiting = false;
	/** Whose `endRequest()` is to be called when a request has been answered. */
	readonly reader: RequestHeadReader;
	readonly #owner: HeadOwner;

	constructor(owner: HeadOwner) {
		this.#owner = owner;
		this.reader = new RequestHeadReader(owner.limits, owner.account);
	}

	/** Takes what has come. @returns `false` when nothing has. */
	read(): boolean {
		const owner = this.#owner;
		const reader = this.reader;
		if (this.isWaiting) return false;
		if (reader.started && !this.mayReadOn()) return !this.isWaiting;
		const bytes = owner.input.take(owner.limits.readSize);
		if (bytes === undefined) return false;
		try {
			const head = reader.push(bytes);
			if (reader.rest !== undefined) owner.input.putBack(reader.rest);
			if (head?.framing.contentLength === 0) owner.begin(head);
			else if (head !== undefined) this.begin(head);
			else if (reader.needs > 0) this.wait(reader.needs, () => this.begin(reader.resume()));
		} catch (error) {
			owner.refuse(error as Error);
		}
		return true;
	}

	/** Whether there is room for more of a head. */
	private mayReadOn(): boolean {
		const { input, limits, account } = this.#owner;
		if (input.empty || account.fits(limits.readSize)) return true;
		try {
			this.wait(limits.readSize, () => {});
		} catch (error) {
			this.#owner.refuse(error as Error);
		}
		return false;
	}

	/** Keeps the last head no longer. */
	forget(): void {
		this.reader.forget();
	}

	/** The connection has closed. */
	close(): void {
		this.isWaiting = false;
		this.reader.close();
	}

	/** Begins a request. One with content takes more memory, and waits for it. */
	private begin(head: RequestHead | undefined): void {
		const { account } = this.#owner;
		if (head === undefined) throw noRoomNow();
		if (head.framing.contentLength === 0 || account.take(fixedCosts.content)) this.#owner.begin(head);
		else this.wait(fixedCosts.content, () => this.begin(head));
	}

	/** Goes on with `next`, which finds so many bytes free; refuses the request when they are not in time. */
	private wait(bytes: number, next: () => void): void {
		const { account } = this.#owner;
		if (account.held + bytes > account.most) throw noRoom(account, bytes);
		this.isWaiting = true;
		account.wait(bytes, isGranted => {
			if (isGranted) account.give(bytes);
			if (!this.isWaiting) return;
			this.isWaiting = false;
			try {
				if (!isGranted) throw noRoomNow();
				next();
			} catch (error) {
				this.#owner.refuse(error as Error);
			}
			this.#owner.wake();
		});
	}
}

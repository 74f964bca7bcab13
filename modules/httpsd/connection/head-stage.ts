import { noRoom, noRoomNow } from "../content/charge";
import { fixedCosts, type Limits } from "../limits";
import RequestHeadReader, { type RequestHead } from "../message/request-head";
import type { Account } from "../server/budget";
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
	readonly #owner: HeadOwner;
	readonly #reader: RequestHeadReader;

	constructor(owner: HeadOwner) {
		this.#owner = owner;
		this.#reader = new RequestHeadReader(owner.limits, owner.account);
	}

	/** Whether a part of a head has come. */
	get started(): boolean {
		return this.#reader.started;
	}

	/** Takes what has come. @returns `false` when nothing has. */
	read(): boolean {
		const { input, limits, account } = this.#owner;
		const reader = this.#reader;
		if (this.isWaiting) return false;
		try {
			if (reader.started && !input.empty && !account.fits(limits.readSize)) {
				this.wait(limits.readSize, () => {});
				return false;
			}
			const bytes = input.take(limits.readSize);
			if (bytes === undefined) return false;
			const head = reader.push(bytes);
			input.putBack(reader.rest);
			if (head !== undefined) this.begin(head);
			else if (reader.needs > 0) this.wait(reader.needs, () => this.begin(reader.resume()));
		} catch (error) {
			this.#owner.refuse(error as Error);
		}
		return true;
	}

	/** The request has been answered. */
	endRequest(): void {
		this.#reader.endRequest();
	}

	/** Keeps the last head no longer. */
	forget(): void {
		this.#reader.forget();
	}

	/** The connection has closed. */
	close(): void {
		this.isWaiting = false;
		this.#reader.close();
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

/** Who sends it. */
interface Sender {
	/** Counts so many bytes more, or fewer. */
	force(bytes: number): void;
}

/** Content that clients have not taken. Where several are sent the same, it is held and counted once. */
export class HeldContent {
	readonly content: string | ArrayBuffer;
	readonly isLong: boolean;
	/** Bytes that are counted for it, of the first of those who send it. */
	readonly #charged: number;
	readonly #senders: Sender[];

	/** @param isLong whether it is longer than what is counted. */
	constructor(content: string | ArrayBuffer, charged: number, sender: Sender, isLong = false) {
		this.content = content;
		this.isLong = isLong;
		this.#charged = charged;
		this.#senders = [sender];
	}

	/** Whether nobody sends it any more. */
	get isFree(): boolean {
		return this.#senders.length === 0;
	}

	add(sender: Sender): void {
		this.#senders.push(sender);
	}

	/** It has been sent, or the connection has closed. Others who send it go on, and one of them holds it then. */
	remove(sender: Sender): void {
		const senders = this.#senders;
		const at = senders.indexOf(sender);
		senders.splice(at, 1);
		if (at > 0) return;
		sender.force(-this.#charged);
		senders[0]?.force(this.#charged);
	}
}

/** All such content of a server. */
export default class HeldContents {
	#all: HeldContent[] = [];

	/** What is held already and is the same: the same bytes, or a text with the same characters. */
	find(content: string | ArrayBuffer): HeldContent | undefined {
		return this.#all.find(held => held.content === content);
	}

	/** Whether any of it is longer than what is counted for it. */
	get hasLong(): boolean {
		return this.#all.some(held => held.isLong);
	}

	add(held: HeldContent): void {
		this.#all.push(held);
	}

	remove(held: HeldContent, sender: Sender): void {
		held.remove(sender);
		if (held.isFree) this.#all = this.#all.filter(each => each !== held);
	}
}

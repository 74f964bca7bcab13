import type { Room } from "./unasked";

/** What is held of XS's block at one time. */
export interface Held {
	/** So many bytes of each are taken for now. */
	took(slots: number, chunks: number): void;
	/** Call it once. */
	giveBack(): void;
}

/** What an application may take of XS's block beside requests, and has not taken. */
export default class BesideRequests implements Room {
	slots = 0;
	chunks = 0;
	/** All that is held, taken or not. */
	bytes = 0;
	/** What is waited for. */
	wanted = 0;

	/** What is left to them beside so many connections: where there are some no others come until what is waited for is there, or is given up. */
	keptBeside(open: number): Room {
		const wanted = open > 0 ? this.wanted : 0;
		return { slots: this.slots + wanted, chunks: this.chunks + wanted };
	}

	/** Holds bytes, which are slots at one time and chunks at another. */
	hold(bytes: number): Held {
		let [slots, chunks] = [0, 0];
		const leave = (ofSlots: number, ofChunks: number) => {
			this.slots += ofSlots - slots;
			this.chunks += ofChunks - chunks;
			slots = ofSlots;
			chunks = ofChunks;
		};
		this.bytes += bytes;
		leave(bytes, bytes);
		return {
			took: (ofSlots, ofChunks) => leave(Math.max(0, bytes - ofSlots), Math.max(0, bytes - ofChunks)),
			giveBack: () => {
				leave(0, 0);
				this.bytes -= bytes;
			}
		};
	}
}

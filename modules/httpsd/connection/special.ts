import type Channel from "../channel";
import type { Handling } from "./handlers";
import type InputOverflow from "./input-overflow";
import type { DoneCallback } from "./response-exchange";

/** What few exchanges need: kept apart, for each field takes memory in each of them. */
export default class Special {
	channel: Channel | undefined;
	overflow: InputOverflow | undefined;
	handling: Handling | undefined;
	/** Bytes that a response which goes on holds. */
	held = 0;
	/** Whether the connection ends behind it. */
	isLast = false;
	private done: DoneCallback | undefined;

	/** Has `callback` called too. @param tell calls one: what that throws is no matter of the other's. */
	addDone(callback: DoneCallback, tell: (...call: [DoneCallback, ...Parameters<DoneCallback>]) => void): void {
		const before = this.done;
		this.done = callback;
		if (before === undefined) return;
		this.done = (sent, isComplete) => {
			tell(before, sent, isComplete);
			return callback(sent, isComplete);
		};
	}

	/** Those who wait for the end, once. */
	takeDone(): DoneCallback | undefined {
		const { done } = this;
		this.done = undefined;
		return done;
	}
}

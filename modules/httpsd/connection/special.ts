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
	done: DoneCallback | undefined;
}

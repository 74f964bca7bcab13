import type Channel from "../channel";
import { encodeFrame, type Frame } from "./frame-encoder";
import { maxControl } from "./frame-reader";

/** A WebSocket's output: frames to the channel, as far as the peer takes them. */
export default class Sender {
	readonly #channel: Channel;
	/** Whether a frame has left no room for more. */
	#wasFull = false;

	constructor(channel: Channel) {
		this.#channel = channel;
	}

	/** Whether there is room for more. */
	get hasRoom(): boolean {
		return this.#channel.pending <= this.#channel.limits.highWater;
	}

	/** Sends a message or a Ping. @returns `false`, with nothing sent, when the peer does not read or memory is short. */
	send(frame: Frame): boolean {
		const channel = this.#channel;
		// The content, if it is long enough to be apart from its header.
		const content = frame[frame.length - 1] as Frame[0];
		if (channel.pending > channel.limits.maxBacklog || !channel.fits(content)) return false;
		for (let index = 0; index < frame.length; index++) channel.send(frame[index] as Frame[0]);
		if (!this.hasRoom) this.#wasFull = true;
		return true;
	}

	/** Sends a Pong or a Close frame, room or not. */
	control(kind: number, content: ArrayBuffer | Uint8Array): void {
		for (const bytes of encodeFrame(kind, content, maxControl)) this.#channel.send(bytes);
	}

	/** Whether there is room again since a frame left none; `true` once. */
	takeRoom(): boolean {
		if (!this.#wasFull || !this.hasRoom) return false;
		this.#wasFull = false;
		return true;
	}

	/** The connection has closed: there will be no room. */
	end(): void {
		this.#wasFull = false;
	}
}

import Time from "time";
import { limits } from "../limits";
import { countEntries } from "./inspect";

/** What a message came from. */
export interface Sender {
	readonly address: string;
	readonly port: number;
}

/** The part of the SDK's UDP that is used here, with `add`, which its typings leave out. */
export interface UDPSocket {
	read(): (ArrayBuffer & Sender) | undefined;
	write(bytes: ArrayBuffer, address: string, port: number): void;
	/** Joins a multicast group. */
	add?(group: string): void;
	close(): void;
}

export interface SocketConfig {
	/** `embedded:io/socket/udp`. */
	readonly io: new (
		options: never
	) => object;
	/** Default 5353. */
	readonly port?: number;
	/** Group. Default 224.0.0.251. */
	readonly multicast?: string;
}

type OnMessage = (bytes: Uint8Array, sender: Sender) => void;

/** So many in a second, and no more. */
export class Rate {
	readonly #most: number;
	#left: number;
	#since: number = Time.ticks;

	constructor(most: number) {
		this.#most = most;
		this.#left = most;
	}

	take(count = 1): boolean {
		const { ticks } = Time;
		if ((ticks - this.#since) >>> 0 >= 1_000) {
			this.#since = ticks;
			this.#left = this.#most;
		}
		if (this.#left < count) return false;
		this.#left -= count;
		return true;
	}
}

/** The group of multicast DNS, by one UDP socket. */
export default class Link {
	readonly port: number;
	readonly #group: string;
	readonly #onMessage: OnMessage;
	readonly #entries: Rate = new Rate(limits.entries);
	readonly #unicasts: Rate = new Rate(limits.unicasts);
	#udp: UDPSocket | undefined;

	/** @throws {Error} no socket, or it joins no group */
	constructor({ io, port = 5353, multicast = "224.0.0.251", ...options }: SocketConfig, onMessage: OnMessage) {
		this.port = port;
		this.#group = multicast;
		this.#onMessage = onMessage;
		const onReadable = (count: number) => this.receive(count);
		// All messages have the longest life that there is (RFC 6762 §11).
		const udp = new io({ timeToLive: 255, ...options, port, onReadable } as never) as UDPSocket;
		this.#udp = udp;
		try {
			if (udp.add === undefined) throw new Error("UDP of this platform joins no multicast group");
			udp.add(multicast);
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** To all. Whether it was sent. */
	send(message: Uint8Array): boolean {
		return this.write(message, this.#group, this.port);
	}

	/** To one, unless there were too many in this second: who asks may have given the address of another. */
	sendTo({ address, port }: Sender, message: () => Uint8Array): void {
		if (this.#unicasts.take()) this.write(message(), address, port);
	}

	close(): void {
		this.#udp?.close();
		this.#udp = undefined;
	}

	private write(message: Uint8Array, address: string, port: number): boolean {
		try {
			this.#udp?.write(message.buffer as ArrayBuffer, address, port);
			return true;
		} catch {
			// There is no network at present.
			return false;
		}
	}

	/** To read a message takes time for each question and record, whatever they are. One without any counts as one with four. */
	private isAffordable(bytes: Uint8Array): boolean {
		const entries = Math.max(countEntries(bytes), 4);
		return entries <= limits.maxEntries && bytes.length <= limits.maxMessage && this.#entries.take(entries);
	}

	/** What a callback throws restarts a device. */
	private receive(count: number): void {
		for (let left = count; left > 0; left--) {
			const message = this.#udp?.read();
			if (message === undefined) return;
			try {
				const bytes = new Uint8Array(message);
				if (this.isAffordable(bytes)) this.#onMessage(bytes, message);
			} catch (error) {
				trace(`A message of multicast DNS: ${error}\n`);
			}
		}
	}
}

// A UDP class that a test drives: what is sent is kept, and packets come when the test says so.

import { read } from "./dns";

export interface Sent {
	readonly to: string;
	readonly port: number;
	readonly questions: string[];
	readonly records: string[];
}

type Packet = ArrayBuffer & { address: string; port: number };

export class Network {
	readonly sent: Sent[] = [];
	/** Sending fails, as without a network. */
	isDown = false;
	isClosed = false;
	#onReadable: ((count: number) => void) | undefined;
	#waiting: Packet[] = [];

	/** For the `io` of a socket. */
	get io(): new (
		options: never
	) => object {
		const network = this;
		return class {
			constructor({ onReadable }: { onReadable: (count: number) => void }) {
				network.#onReadable = onReadable;
			}
			add(): void {}
			read() {
				return network.#waiting.shift();
			}
			write(bytes: ArrayBuffer, to: string, port: number): void {
				if (network.isDown) throw new Error("UDP send failed");
				const { questions, records } = read(new Uint8Array(bytes));
				network.sent.push({ to, port, questions, records });
			}
			close(): void {
				network.isClosed = true;
			}
		};
	}

	/** Packets that have come from one device. */
	bring(messages: readonly Uint8Array[], address = "192.168.1.77", port = 5353): void {
		this.#waiting.push(
			...messages.map(bytes => Object.assign(bytes.slice().buffer as ArrayBuffer, { address, port }) as Packet)
		);
		this.#onReadable?.(messages.length);
	}

	/** What was sent since the last call. */
	take(): Sent[] {
		return this.sent.splice(0);
	}
}

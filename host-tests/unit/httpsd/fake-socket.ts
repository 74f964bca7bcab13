// A FAKE: an in-memory stand-in for a listener and its sockets, with the semantics of ECMA-419's IO class pattern.
// What it can't show is what a real stack does; that is for the tests on the desk host.

import type { Bytes, ListenerOptions, SocketCallbacks } from "../../../modules/io";

const roomAtFirst = 65_536;

/** What the test holds: the client's end of a connection. */
export class FakeClient {
	readonly pending: Uint8Array[] = [];
	readonly chunks: Uint8Array[] = [];
	server: FakeSocket | undefined;
	room = roomAtFirst;
	closed = false;
	address = "192.0.2.1";

	/** Sends text (as Latin-1, so that any byte can be written) or bytes. */
	send(data: string | Uint8Array): void {
		this.pending.push(typeof data === "string" ? Uint8Array.from(Buffer.from(data, "latin1")) : data);
		this.server?.announce();
	}

	/** Sends each byte on its own. */
	drip(text: string): void {
		for (const character of text) this.send(character);
	}

	/** Goes away. */
	leave(): void {
		this.server?.callbacks.onError?.call(this.server);
	}

	/** Makes room for so many bytes and says so. */
	accept(room: number): void {
		this.room = room;
		this.server?.callbacks.onWritable?.call(this.server, room);
	}

	/** What was received since the last call, as Latin-1. */
	take(): string {
		const text = Buffer.concat(this.chunks).toString("latin1");
		this.chunks.length = 0;
		return text;
	}

	get available(): number {
		return this.pending.reduce((sum, piece) => sum + piece.byteLength, 0);
	}
}

export class FakeSocket {
	readonly client: FakeClient;
	readonly callbacks: SocketCallbacks<FakeSocket>;
	get remoteAddress(): string {
		return this.client.address;
	}

	readonly remotePort = 50_000;
	readonly tls: object | undefined;
	readonly target: unknown;
	format = "buffer";

	constructor(
		options: { from: FakeSocket; target?: unknown } & SocketCallbacks<FakeSocket>,
		client = options.from.client
	) {
		this.client = client;
		this.callbacks = options;
		this.target = options.target;
		this.tls = (options.from as FakeSocket | undefined)?.tls;
		client.server = this;
		Promise.resolve().then(() => {
			this.callbacks.onWritable?.call(this, client.room);
			this.announce();
		});
	}

	announce(): void {
		if (this.client.available > 0 && !this.client.closed) this.callbacks.onReadable?.call(this, this.client.available);
	}

	read(count = this.client.available): ArrayBuffer | undefined {
		if (this.client.closed) throw new Error("Fake socket is closed");
		if (typeof count !== "number" || count > this.client.available) throw new Error("Fake socket has not so much");
		if (count === 0) return undefined;
		const all = Buffer.concat(this.client.pending);
		this.client.pending.length = 0;
		if (count < all.byteLength) this.client.pending.push(Uint8Array.from(all.subarray(count)));
		return Uint8Array.from(all.subarray(0, count)).buffer;
	}

	write(bytes: Bytes): number {
		if (this.client.closed) throw new Error("Fake socket is closed");
		if (bytes.byteLength > this.client.room) throw new Error("Fake socket has no room");
		const view = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
		this.client.chunks.push(Uint8Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)));
		this.client.room -= bytes.byteLength;
		return this.client.room;
	}

	close(): void {
		this.client.closed = true;
	}
}

/** A listener whose clients the test makes with `connect()`. */
export class FakeListener {
	static last: FakeListener;
	readonly port: number;
	readonly options: ListenerOptions<FakeListener>;
	readonly waiting: FakeSocket[] = [];
	closed = false;

	constructor(options: ListenerOptions<FakeListener>) {
		this.options = options;
		this.port = options.port || 49_152;
		FakeListener.last = this;
	}

	connect(address = "192.0.2.1"): FakeClient {
		const client = new FakeClient();
		client.address = address;
		this.waiting.push(new FakeSocket({ from: undefined as never }, client));
		this.options.onReadable?.call(this, this.waiting.length);
		return client;
	}

	read(): FakeSocket | undefined {
		return this.waiting.shift();
	}

	close(): void {
		this.closed = true;
	}
}

/** Lets everything that is due in promises happen. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

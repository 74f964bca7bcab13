// Z17 Z12: what befalls an answer of the CA that waits for room. When there was none in time its request was sent anew, without a deadline, and
// the order hung for half an hour with all that it held. Fakes: the SDK's client, TLS, and XS's room.
import "../tls/natives";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { limits } from "acme/limits";
import type { Steps } from "acme/protocol/steps";
import type GuardedSocket from "acme/transport/guarded-socket";
import Run from "acme/transport/run";

jest.mock("tls/socket", () => ({ default: class {}, __esModule: true }));
jest.mock("embedded:io/socket/tcp", () => ({ default: class {}, __esModule: true }), { virtual: true });
const { default: Requester } =
	jest.requireActual<typeof import("acme/transport/requester")>("acme/transport/requester");

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

interface ClientOptions {
	socket: { io: typeof GuardedSocket };
	onError(error: unknown): void;
}
interface RequestOptions {
	onHeaders(status: number, fields: ReadonlyMap<string, string>): void;
	onDone(error: null): void;
}

const clients: Client[] = [];
let sent = 0;
/** As the SDK's: reads heads byte by byte; answers have no content. */
class Client {
	readonly socket: GuardedSocket;
	#text = "";
	#request: RequestOptions | undefined;

	constructor({ socket, onError }: ClientOptions) {
		clients.push(this);
		const onReadable = (count: number) => {
			this.socket.format = "number";
			for (let at = 0; at < count; at++) this.#text += String.fromCharCode(this.socket.read(1) as number);
			if (this.#text.endsWith("\r\n\r\n")) this.answered();
		};
		const events = { onReadable, onWritable() {}, onError: () => onError(new Error("closed")) };
		this.socket = new socket.io({ ...socket, address: "192.0.2.1", ...events } as never);
	}

	private answered(): void {
		this.#text = "";
		this.#request?.onHeaders(200, new Map([["content-length", "0"]]));
		this.#request?.onDone(null);
	}

	request(options: RequestOptions): void {
		sent++;
		this.#request = options;
	}

	close(): void {
		this.socket.close();
	}
}

class FakeRequester extends Requester {
	#bytes = new Uint8Array(0);

	protected override open() {
		const read = (count: number) => {
			const piece = this.#bytes.slice(0, count);
			this.#bytes = this.#bytes.subarray(count);
			return piece.buffer;
		};
		return { read, close() {}, write() {} } as never;
	}

	come(text: string): void {
		this.#bytes = new TextEncoder().encode(text);
		clients.at(-1)?.socket.onReadable(this.#bytes.length);
	}
}

const step = { type: "request", method: "GET", url: "https://ca.example/", most: limits.maxAnswer } as const;
const short = "HTTP/1.1 200 OK\r\na: b\r\n\r\n";
/** XS is asked for it, and it is no longer than what is taken out of TLS at once. */
const long = `HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(40)}\r\n`;

function* twoRequests(): Steps<string> {
	yield step;
	yield step;
	return "done";
}

const pass = (milliseconds = 1) => jest.advanceTimersByTimeAsync(milliseconds);

/** An order whose second answer waits for room. */
async function begin(hasRoom: () => boolean) {
	clients.length = sent = 0;
	const requester = new FakeRequester({ io: Client } as never, {} as never, Date.now);
	const ends: unknown[] = [];
	const held = { count: 1 };
	const giveBack = Object.assign(() => void held.count--, { isThere: hasRoom, isAlone: () => false });
	const options = { requester, memory: { hold: async () => giveBack }, accountRoom: 0, onAccount: () => {} };
	const run = new Run(twoRequests(), options as never, (result, error) =>
		ends.push(result ?? (error as { code: string }).code)
	);
	await pass();
	requester.come(short);
	await pass();
	requester.come(long);
	await pass(100);
	return { requester, run, ends, held };
}

test("Z17 Z12 for which there is none in time: the order fails, and nothing is sent anew, held, or waited for", async () => {
	const { ends, held } = await begin(() => false);
	await pass(limits.maxAsks * limits.poll);
	expect([ends, sent, held.count, jest.getTimerCount()]).toEqual([["MEMORY"], 2, 0, 0]);
});

test("Z17 Z12 all of which has come when the CA closes: it is read all the same", async () => {
	let hasRoom = false;
	const { ends, held } = await begin(() => hasRoom);
	clients.at(-1)?.socket.onError();
	await pass(limits.poll / 2);
	expect(ends).toEqual([]);
	hasRoom = true;
	await pass(limits.poll);
	expect([ends, sent, held.count, jest.getTimerCount()]).toEqual([["done"], 2, 0, 0]);
});

test("Z17 Z12 whose order is given up: no timer is left, nor sent anew what the CA's end had lost", async () => {
	const { run, ends, held } = await begin(() => false);
	clients.at(-1)?.socket.onError();
	run.close();
	await pass(limits.answerTimeout + limits.poll);
	expect([ends, sent, held.count, jest.getTimerCount()]).toEqual([[], 2, 0, 0]);
});

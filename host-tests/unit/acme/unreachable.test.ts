// What is said of a CA to which no connection can even be begun: a device tries that again soon, and is not put off as by a wrong answer.

import "../tls/natives";
import { expect, jest, test } from "@jest/globals";
import type ACMEError from "acme/error";

jest.mock("tls/socket", () => ({ default: class {}, __esModule: true }));
jest.mock("embedded:io/socket/tcp", () => ({ default: class {}, __esModule: true }), { virtual: true });
// Behind the mocks, which nothing hoists.
const { default: Requester } =
	jest.requireActual<typeof import("acme/transport/requester")>("acme/transport/requester");

interface ClientOptions {
	readonly socket: { readonly io: new (options: object) => unknown };
	onError(error: unknown): void;
}

/** As the SDK's client: what opening a socket throws is an error of the client. */
class Client {
	readonly #options: ClientOptions;
	constructor(options: ClientOptions) {
		this.#options = options;
	}
	request(): void {
		const { socket, onError } = this.#options;
		Promise.resolve().then(() => {
			try {
				new socket.io({ ...socket, address: "192.0.2.1", onReadable() {}, onWritable() {}, onError() {} });
			} catch (error) {
				onError(error);
			}
		});
	}
	close(): void {}
}

let failure: Error;

/** A device that has no socket left. */
class NoSocket extends Requester {
	protected override open(): never {
		throw failure;
	}
}

test.each([new Error("no socket"), new RangeError("no socket")])(
	"Z17 a socket that cannot be opened, by %s: the CA cannot be reached",
	async thrown => {
		failure = thrown;
		const requester = new NoSocket({ io: Client, dns: { io: class {} } } as never, {} as never, Date.now);
		requester.room = { hasRoom: () => true, connected: () => {}, lookAgain: () => {} };
		const error = await new Promise<ACMEError | undefined>(resolve =>
			requester.request(
				{ type: "request", method: "GET", url: "https://ca.example/", most: 100 } as never,
				(_, error) => resolve(error as ACMEError | undefined)
			)
		);
		requester.close();
		expect([error?.code, error?.message]).toEqual(["UNREACHABLE", "The CA cannot be reached: no socket"]);
	}
);

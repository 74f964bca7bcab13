// Connections that close over a TCP that has no room, or after the peer, both faked.

import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { type Closing, closeWhenSent } from "tls/connection/closing";
import type Session from "tls/connection/session";
import { limits } from "tls/limits";
import type { Socket } from "../../../modules/io";
import TestWire from "./test-wire";

let ended: string[];
beforeEach(() => {
	jest.useFakeTimers();
	ended = [];
});
afterEach(() => {
	jest.useRealTimers();
});

function begin(name: string): Closing {
	const tcp = { close: () => ended.push(`${name}: TCP is closed`) } as unknown as Socket;
	const session = { pending: 5, drain: () => undefined } as unknown as Session;
	return closeWhenSent(new TestWire(tcp), session, false, () => ended.push(name)) as Closing;
}

test("Z12 of more that close at once than limits.maxClosing the first ends without its last bytes", () => {
	const all = Array.from({ length: limits.maxClosing }, (_, i) => begin(String(i)));
	expect(ended).toEqual([]);
	all.push(begin("one more"));
	expect(ended).toEqual(["0: TCP is closed", "0"]);
	all[1]?.onError();
	all.push(begin("in its place"));
	expect(ended.slice(2)).toEqual(["1: TCP is closed", "1"]);
	jest.advanceTimersByTime(limits.closeTimeout);
	expect(ended.length).toBe(2 * all.length);
});

/** TCP that says when it is closed; `from` takes the name over. */
class FakeTCP {
	readonly name: string;
	onError?: () => void;

	constructor({ name = "", from, ...callbacks }: { name?: string; from?: FakeTCP; onError?: () => void }) {
		this.name = from?.name ?? name;
		Object.assign(this, callbacks);
		opened.push(this);
	}

	close(): void {
		ended.push(this.name);
	}
}
let opened: FakeTCP[] = [];

test("Z12 who refuses a certificate waits for the peer to close TCP, but of more than limits.maxClosing not for the first", () => {
	const session = { pending: 0, drain: () => undefined } as unknown as Session;
	const refuse = (name: string) => {
		const tcp = new FakeTCP({ name }) as unknown as Socket;
		expect(closeWhenSent(new TestWire(tcp), session, true, () => ended.push("later"))).toBe(undefined);
	};
	opened = [];
	for (let count = 0; count < limits.maxClosing; count++) refuse(String(count));
	expect(ended).toEqual([]);
	opened.at(-1)?.onError?.();
	expect(ended).toEqual([String(limits.maxClosing - 1)]);
	refuse("in its place");
	expect(ended.length).toBe(1);
	refuse("one more");
	expect(ended.slice(1)).toEqual(["0"]);
	jest.advanceTimersByTime(limits.lingerTimeout);
	expect(ended.length).toBe(limits.maxClosing + 2);
});

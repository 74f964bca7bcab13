// Wire between a TCP and a session that are both faked.

import { expect, test } from "@jest/globals";
import type Session from "tls/connection/session";
import type Wire from "tls/connection/wire";
import { limits } from "tls/limits";
import type { Socket } from "../../../modules/io";
import TestWire from "./test-wire";

/** A wire to a TCP that takes `room` bytes, and a session that has `pending` to send; the pieces that TCP is given. */
function drain(room: number, pending: number): { pieces: number[]; left: number } {
	const pieces: number[] = [];
	const tcp = { write: (bytes: ArrayBuffer) => pieces.push(bytes.byteLength) } as unknown as Socket;
	const session = {
		get pending() {
			return pending;
		},
		drain(limit: number) {
			const count = Math.min(limit, pending);
			pending -= count;
			return count > 0 ? new ArrayBuffer(count) : undefined;
		}
	} as unknown as Session;
	const wire = new TestWire(tcp);
	wire.room = room;
	wire.drain(session);
	return { pieces, left: session.pending };
}

const most = limits.writeSize;

test.each([
	[1_000_000, 2 * most + 5, [most, most, 5], 0],
	[most + 7, 3 * most, [most, 7], 2 * most - 7],
	[100, 100, [100], 0],
	[0, 100, [], 100],
	[100, 0, [], 0]
])("E7 TCP that takes %d of %d bytes is given pieces of writeSize at most: %j", (room, pending, pieces, left) => {
	expect(drain(room, pending)).toEqual({ pieces, left });
});

test("TCP that throws once its peer has left, as the SDK's does before onError, has no more room", () => {
	const tcp = {
		write() {
			throw new Error("not ready");
		}
	};
	const session = { pending: 5, drain: () => new ArrayBuffer(10), send: () => new ArrayBuffer(10) };
	for (const write of [
		(wire: Wire) => wire.drain(session as unknown as Session),
		(wire: Wire) => wire.send(session as unknown as Session, new ArrayBuffer(1))
	]) {
		const wire = new TestWire(tcp as unknown as Socket);
		wire.room = 100;
		write(wire);
		expect(wire.room).toBe(0);
	}
});

test("Z12 a window of bytes that nobody wants is dropped in pieces, not copied at once", () => {
	const counts: number[] = [];
	const wire = new TestWire({ read: (count: number) => void counts.push(count) } as unknown as Socket);
	wire.available = 2 * limits.readSize + 1;
	wire.discard();
	wire.discard();
	expect(counts).toEqual([limits.readSize, limits.readSize, 1]);
	expect(wire.isEmpty).toBe(true);
});

// Wire between a TCP and a session that are both faked.

import { expect, test } from "@jest/globals";
import Pump from "tls/connection/pump";
import { ignored } from "tls/connection/pump-events";
import { established } from "tls/connection/pump-phase";
import type Session from "tls/connection/session";
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

/** A pump on that TCP, whose session encrypts what it is given to 10 bytes. */
function pumpOn(tcp: object): Pump {
	const session = {
		pending: 5,
		drain: () => new ArrayBuffer(10),
		send: () => new ArrayBuffer(10),
		writable: () => 90,
		state: 0
	};
	const pump = new Pump(options => Object.assign(tcp, options) as unknown as Socket, ignored);
	pump.start(session as unknown as Session);
	pump.onWritable(100);
	return pump;
}

/** TCP's callbacks. */
const callbacksOf = (pump: Pump) => pump.tcp as unknown as Record<"onReadable" | "onWritable", (count: number) => void>;

test("TCP that throws once its peer has left, as the SDK's does before onError, has no more room", () => {
	const tcp = {
		write() {
			throw new Error("not ready");
		}
	};
	for (const write of [
		(pump: Pump) => pump.drain(pump.session as Session),
		(pump: Pump) => pump.write(new ArrayBuffer(1))
	]) {
		const pump = pumpOn({ write() {} });
		Object.assign(pump.tcp, tcp);
		write(pump);
		expect(pump.room).toBe(0);
	}
});

test("who has room enough is told what is left of it, and the session is asked when there is little", () => {
	const pump = pumpOn({ write() {} });
	pump.announced = pump.promised = 5_000;
	pump.room = 6_000;
	expect([pump.writePart(new ArrayBuffer(4), 4), pump.announced, pump.promised]).toEqual([4_990, 4_990, 4_996]);
	pump.announced = pump.promised = limits.plentyOfRoom + 10;
	expect([pump.write(new ArrayBuffer(4)), pump.announced]).toEqual([90, 90]);
});

test("an owner that ends the connection while it is told of bytes is told of no more, and nothing more is taken from TCP", () => {
	const counts: number[] = [];
	const read = (count: number) => {
		counts.push(count);
		return new ArrayBuffer(count);
	};
	const tcp = { read, close() {}, write() {} };
	const pump = pumpOn(tcp);
	// Established, took all, and there is plaintext.
	const session = Object.assign(pump.session as object, { feed: () => 0b110_0001 | (5 << 7), free() {} });
	let told = 0;
	const onReadable = () => {
		told++;
		pump.abort();
	};
	Object.assign(pump, { session, phase: established, events: { ...ignored, onReadable } });
	callbacksOf(pump).onReadable(3 * limits.readSize);
	expect([told, counts, pump.available]).toEqual([1, [limits.readSize], 0]);
});

test("with lowWater the owner is told of room only where it had less", () => {
	const told: number[] = [];
	const pump = pumpOn({ write() {} });
	const onWritable = (count: number) => void told.push(count);
	Object.assign(pump, { phase: established, events: { ...ignored, onWritable, lowWater: 50 } });
	for (const announced of [50, 49, 0, 60]) {
		pump.room = 1;
		pump.announced = announced;
		callbacksOf(pump).onWritable(100);
	}
	expect(told).toEqual([90, 90]);
	expect(pump.room).toBe(100);
	Object.assign(pump.events, { held: "what waits for room" });
	pump.announced = 60;
	callbacksOf(pump).onWritable(100);
	expect(told).toHaveLength(3);
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

// Z12: whether a connection may be closed for another was asked twice, and by the second time its client's next request was due. What that threw
// went on into a timer, which ends XS.
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import Deadlines from "httpsd/async/deadlines";
import { defaultLimits } from "httpsd/limits";
import Acceptor from "httpsd/server/acceptor";
import type { PooledConnection } from "httpsd/server/connection-pool";
import Time from "time";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const limits = { ...defaultLimits, maxConnections: 2, purgeAfter: 500, busyHeadTimeout: 2000, busyBodyTimeout: 9000 };

/** One that has asked each eight seconds, and is asked at the last moment at which it may be closed; then a millisecond passes with each question. */
function begin(isLate: () => boolean) {
	const last = Time.ticks;
	let isClosed = false;
	const connection = {
		since: last - 8 * 8000,
		requests: 9,
		isLeaving: false,
		waitedFor: undefined,
		remoteAddress: "192.168.1.2",
		account: { held: 0, isWaiting: false },
		get idleFor() {
			if (isLate()) jest.setSystemTime(Date.now() + 1);
			return (Time.ticks - last) >>> 0;
		},
		relieve() {},
		stop() {},
		destroy() {
			isClosed = true;
		}
	};
	const acceptor = new Acceptor({
		limits,
		deadlines: new Deadlines(),
		handlers: { mayAccept: false, isAwaited: true, inPlaces: 0, longLived: 0 },
		mayBegin: () => false,
		connect: () => connection as unknown as PooledConnection,
		connected() {},
		refused() {}
	});
	acceptor.pool.add(connection as unknown as PooledConnection);
	acceptor.begin({ port: 1, read: () => undefined, close() {} } as never);
	return { acceptor, isClosed: () => isClosed };
}

test.each([0, 1, 2, 3, 4, 5])(
	"Z12 a connection whose client is about to ask again when it was to be closed is no error in a timer: %i ms before",
	before => {
		let isLate = false;
		const { acceptor, isClosed } = begin(() => isLate);
		jest.advanceTimersByTime(7000 - before);
		acceptor.readable(1);
		isLate = true;
		expect(() => jest.advanceTimersByTime(4)).not.toThrow();
		if (before === 5) expect(isClosed()).toBe(true);
	}
);

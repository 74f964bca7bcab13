// Z12: an application that could not take a new certificate is told of it again, and reads its chain then: only once XS has room for that.

import { expect, jest, test } from "@jest/globals";
import Announcement from "acme/transport/announcement";

const settle = () => new Promise(resolve => setImmediate(resolve));

test("Z12 Z17 a certificate that was not taken is told of again once there is room for its chain, and what is held is given back", async () => {
	let isTaken = false;
	const tell = jest.fn(() => {
		if (!isTaken) throw new Error("no memory");
	});
	let isGranted = false;
	let isThere = false;
	const asked: number[] = [];
	const giveBack = jest.fn();
	const announcement = new Announcement(
		{
			hold: async bytes => {
				asked.push(bytes);
				return isGranted ? Object.assign(() => giveBack(), { isThere: () => isThere }) : undefined;
			}
		},
		tell
	);
	announcement.repeat(7);
	announcement.begin();
	expect([tell.mock.calls.length, asked]).toEqual([1, []]);
	for (const [granted, there] of [
		[false, false],
		[true, false],
		[true, true]
	] as const) {
		isGranted = granted;
		isThere = there;
		announcement.repeat(7);
		// Once at a time.
		announcement.repeat(7);
		await settle();
	}
	expect([tell.mock.calls.length, asked, giveBack.mock.calls.length]).toEqual([2, [7, 7, 7], 2]);
	isTaken = true;
	announcement.repeat(7);
	await settle();
	announcement.repeat(7);
	await settle();
	expect([tell.mock.calls.length, asked.length, giveBack.mock.calls.length]).toEqual([3, 4, 3]);
});

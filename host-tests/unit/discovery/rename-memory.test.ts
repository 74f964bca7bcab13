// Z12: a certificate for another name takes 6 kB of XS's heap, and others in the network say when it is made. It was in no budget, so that who took a
// device's name while clients were there could have it restart.

import { expect, jest, test } from "@jest/globals";
import { limits } from "discovery/limits";
import { device, eachHasItsDevice, minute, second } from "./device";

eachHasItsDevice();

/** What is held, and whether more is granted. */
let held = 0;
const memory = (isThere: () => boolean) => ({
	hold: async (bytes: number) => {
		if (!isThere()) return undefined;
		held += bytes;
		return () => {
			held -= bytes;
		};
	}
});

async function pass(ms: number): Promise<void> {
	for (let left = ms; left > 0; left -= second / 4) {
		jest.advanceTimersByTime(second / 4);
		for (let turn = 0; turn < 10; turn++) await Promise.resolve();
	}
}

test("Z12 a certificate for another name is charged while it is made, and one for the same is not asked for", async () => {
	const asked: number[] = [];
	device.memory = memory(() => true);
	const { update } = device.identity;
	device.identity.update = names => {
		asked.push(held);
		update(names);
	};
	device.taken.add("lamp");
	const name = device.start();
	await pass(5 * second);
	expect([name.host, name.isClaimed, asked, held]).toEqual(["lamp-2.local", true, [limits.renameMemory], 0]);
	name.close();
	device.start();
	await pass(second);
	expect([device.name.isClaimed, asked]).toEqual([true, [limits.renameMemory, 0]]);
});

test("Z12 without memory for one the name is given up, and tried again", async () => {
	let isThere = false;
	device.memory = memory(() => isThere);
	device.taken.add("lamp");
	const name = device.start();
	await pass(5 * second);
	expect([name.isClaimed, device.issued, device.claimed, device.errors.length]).toEqual([false, [], undefined, 1]);
	isThere = true;
	await pass(2 * minute);
	expect([name.host, name.isClaimed, device.issued, held]).toEqual(["lamp-2.local", true, ["lamp-2"], 0]);
});

test("Z12 a name that is lost while it waits for memory has no certificate", async () => {
	let grant = () => {};
	const { hold } = memory(() => true);
	device.memory = {
		hold: async bytes => {
			const giveBack = await hold(bytes);
			await new Promise<void>(resolve => {
				grant = resolve;
			});
			return giveBack;
		}
	};
	device.taken.add("lamp");
	const name = device.start();
	await pass(2 * second);
	name.close();
	grant();
	await pass(second);
	expect([name.isClaimed, device.issued, held]).toEqual([false, [], 0]);
});

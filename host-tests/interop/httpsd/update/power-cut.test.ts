// Z14: power is cut at every step of an update, and of what the boot loader writes. What starts then is whole, and can be updated.

import { cpSync } from "node:fs";
import { afterEach, beforeAll, expect, test } from "@jest/globals";
import { hexOf, makeImage, newFolder, type Site, send, startSite, tryStart } from "./site";

let site: Site | undefined;
afterEach(() => site?.desk.stop());

const former = makeImage(90_000, 1);
const image = makeImage(90_000, 2);
const hashes = { [hexOf(former)]: "former", [hexOf(image)]: "new" };

const confirmed = newFolder();
beforeAll(async () => {
	site = await startSite(confirmed);
	await send(site.port, former);
	await site.desk.exit;
	site = await startSite(confirmed, { maxLength: 1 });
	await send(site.port, former);
	await site.desk.waitForLine(/^confirmed$/m);
	await site.desk.stop();
});

/** A device whose firmware is `former`, confirmed. */
function makeDevice(): string {
	const folder = newFolder();
	cpSync(confirmed, folder, { recursive: true });
	return folder;
}

/** What runs at the next start without a cut, and whether it takes an update. */
async function whatRuns(folder: string): Promise<string> {
	site = await startSite(folder);
	const { image: runs, state, port, desk } = site;
	const name = `${hashes[runs]} ${state}`;
	expect(await send(port, image)).toMatchObject({ status: 200 });
	await desk.exit;
	site = await startSite(folder);
	expect(site.image).toBe(hexOf(image));
	await site.desk.stop();
	return name;
}

test("Z14 cut at any step of an update: the former firmware runs until the new one is whole, and then that", async () => {
	const seen: string[] = [];
	for (let cutAt = 1; seen.at(-1) !== "complete"; cutAt++) {
		const folder = makeDevice();
		site = await startSite(folder, { cutAt });
		const answer = await send(site.port, image).catch(() => undefined);
		const { code } = await site.desk.exit;
		expect([answer === undefined, code]).toEqual(code === 77 ? [true, 77] : [false, 0]);
		const runs = await whatRuns(folder);
		seen.push(code === 77 ? runs : "complete");
		if (code !== 77) expect(runs).toBe("new on trial");
	}
	expect(seen.length).toBeGreaterThan(8);
	expect(new Set(seen.slice(0, -1))).toEqual(new Set(["former valid"]));
});

test("Z14 cut while the boot loader notes a trial, or the end of one: whole firmware runs", async () => {
	for (const cutAt of [1, 2]) {
		const folder = makeDevice();
		site = await startSite(folder);
		await send(site.port, image);
		await site.desk.exit;
		expect(await tryStart(folder, cutAt)).toBeUndefined();
		expect(await whatRuns(folder)).toBe("new on trial");
	}
	for (const cutAt of [1, 2]) {
		const folder = makeDevice();
		site = await startSite(folder);
		await send(site.port, image);
		await site.desk.exit;
		site = await startSite(folder);
		await site.desk.stop();
		expect(await tryStart(folder, cutAt)).toBeUndefined();
		expect(await whatRuns(folder)).toBe("former valid");
	}
});

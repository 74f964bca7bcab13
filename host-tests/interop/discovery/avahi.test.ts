// A device that is found by name, and Avahi as the other device of its network: most desks and printers have it or its like.

import { afterEach, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { hasAvahi, type NamedDevice, newLabel, startAvahi, startNamed } from "./peers";

const withAvahi = hasAvahi ? test : test.skip;
let device: NamedDevice | undefined;
let avahi: Awaited<ReturnType<typeof startAvahi>> | undefined;
// Two of them would quarrel over whose 127.0.0.1 is.
afterEach(async () => {
	avahi?.process.kill("SIGKILL");
	await device?.stop();
});

withAvahi("Z15 Avahi has the name: the device takes the next one", async () => {
	const label = newLabel();
	avahi = await startAvahi(label);
	device = await startNamed(label);
	await device.waitForLine(new RegExp(`^claimed ${label}-2\\.local$`, "m"), 20_000);
	expect(await device.curl(`${label}-2.local`)).toBe(`${label}-2.local`);
});

withAvahi("Z15 Avahi wants a name that the device has: it gets another", async () => {
	const label = newLabel();
	device = await startNamed(label);
	await device.waitForLine(new RegExp(`^claimed ${label}\\.local$`, "m"), 20_000);
	const peer = await startAvahi(label);
	avahi = peer;
	await until(
		() => peer.output.includes(`Host name is ${label}-2.local`),
		() => peer.output
	);
	expect(peer.output).toContain(`Host name conflict, retrying with ${label}-2`);
	expect(device.output).not.toContain("lost");
});

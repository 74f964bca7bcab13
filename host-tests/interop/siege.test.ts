// A short siege: the worst clients against a device's memory, always the same ones; `make siege` takes others each time, and
// so does SIEGE_SEED here.

import { expect, test } from "@jest/globals";
import { besiege } from "./siege";

const seed = process.env.SIEGE_SEED ?? "1";

test(`Z12 the worst clients restart no device, and keep no good client from it (SIEGE_SEED=${seed})`, async () => {
	expect(await besiege(15, "--seed", seed)).toMatch(/\nall held\n$/);
});

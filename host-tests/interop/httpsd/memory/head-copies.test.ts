// Z12: a long head took up to seven times its length where four were asked for: all of it three times, each line twice, and a value with spaces
// behind it once more. A client of an ESP32-C3 with an application of 51 kB whose WebSockets had taken slots before ended it by one `If-Match`.
import { expect, test } from "@jest/globals";
import { startDesk } from "../../desk";

test.each(["esp32c3", "esp32"] as const)("Z12 long heads take no more than is asked for, %s", async platform => {
	const main = "build/js/host-tests/programs/httpsd/head-room.js";
	const desk = startDesk({ main, variant: "device", platform });
	const { code } = await desk.exit;
	expect([code, desk.output.includes("out of memory")]).toEqual([0, false]);
	expect(desk.output.match(/ lines, parsed\n/g)).toHaveLength(6);
});

// Paths that are taken apart in C, on real XS, beside those that the router's tree finds: see the program.

import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";

test.each(["release", "debug", "m32"] as const)("a path is found to be the same whichever way, %s", async variant => {
	const desk = startDesk({ main: "build/js/host-tests/programs/httpsd/path-calls.js", variant });
	expect(await desk.exit).toEqual({ code: 0, signal: null });
	expect(desk.output).not.toContain("differs");
	expect(Number(/found: (\d+)/.exec(desk.output)?.[1])).toBeGreaterThan(500);
});

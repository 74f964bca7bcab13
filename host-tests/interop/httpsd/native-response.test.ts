// Responses that are made in C, on real XS, beside the same responses made in TypeScript: see the program.

import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";

test.each(["release", "debug", "m32"] as const)(
	"B11 responses made in C and in TypeScript are the same, %s",
	async variant => {
		const desk = startDesk({ main: "build/js/host-tests/programs/httpsd/response-calls.js", variant });
		expect(await desk.exit).toEqual({ code: 0, signal: null });
		expect(desk.output).not.toContain("differs");
		expect(desk.output).toContain("compared: 736\n");
	}
);

// Heads that are read in C, on real XS, beside the same heads read in TypeScript: see the program.

import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";

test.each(["release", "debug", "m32"] as const)(
	"Z8 heads read in C and in TypeScript are the same, %s",
	async variant => {
		const desk = startDesk({ main: "build/js/host-tests/programs/httpsd/head-calls.js", variant });
		expect(await desk.exit).toEqual({ code: 0, signal: null });
		const { output } = desk;
		expect(output).not.toContain("differs");
		for (const [, total, inC, refused] of output.matchAll(/: (\d+), read in C: (\d+), refused: (\d+)/g)) {
			expect(Number(inC)).toBeGreaterThan(Number(total) / 8);
			expect(Number(refused)).toBeGreaterThan(Number(total) / 8);
		}
		expect(output).toContain("random: ");
	}
);

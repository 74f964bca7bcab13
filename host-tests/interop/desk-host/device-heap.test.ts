// The device-sized desk: C has a heap with an end, which comes to pieces.

import { describe, expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { identityFolder } from "../identities";

async function run(name: string) {
	const main = `host-tests/desk/programs/device/${name}.js`;
	const desk = startDesk({ variant: "device", main, resources: [identityFolder] });
	const { code } = await desk.exit;
	return { code, output: desk.output };
}

describe("Z12 device-sized desk, C heap", () => {
	test("a full heap gives nothing, a fragmented one only small blocks, and what is freed joins again", async () => {
		const { code, output } = await run("c-heap");
		expect(output).toMatch(/^full: \d\d blocks, failures 1 for 1000, largest \d{1,3}\n/);
		expect(output).toMatch("every other: free true, largest true, 2000 bytes undefined\n");
		expect(output).toMatch("as TLS sees it: true true\n");
		expect(output).toMatch("given back: true true true\n");
		expect(output).toMatch("at random: broken 0, given back true true\n");
		expect(code).toBe(0);
	});

	test("what TLS cannot have is an error that the program catches", async () => {
		const { code, output } = await run("c-heap-tls");
		expect(output).toBe("full: TLSError MEMORY\ngiven back: made\n");
		expect(code).toBe(0);
	});

	test("where XS itself needs C heap and there is none, it ends with a restart", async () => {
		const { code, output } = await run("c-heap-xs");
		expect(output).toMatch(
			/^full\nXS is out of memory at .*c-heap-xs\.js:\d: .* no room for \d+ bytes of the C heap: /
		);
		expect(code).toBe(3);
	});
});

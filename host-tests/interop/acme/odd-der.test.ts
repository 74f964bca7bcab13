// Z12: of a file that was no certificate all parts were put into a list, to say why: 1 kB of them took 56 kB of XS's block, so that who knew the
// password, or a CA, had a device restart. So did a CA by a certificate with hundreds of extensions, at each renewal.
import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";

test.each([
	["identity/odd-der", ["wide: CredentialsError", "behind: CredentialsError", "longName: CredentialsError"]],
	["acme/odd-answers", ["extended: AQID.Bw", "longSerial: undefined", "url: /"]]
])("Z12 what is full of whatever there is room for takes little of an ESP32-C3's memory: %s", async (program, said) => {
	const desk = startDesk({
		main: `build/js/host-tests/programs/${program}.js`,
		variant: "device",
		platform: "esp32c3"
	});
	await desk.waitForLine(/^done$/m);
	const taken = [...desk.output.matchAll(/^(.*) took (\d+)$/gm)];
	expect(taken.map(([, what]) => what)).toEqual(said);
	for (const [, , bytes] of taken) expect(Number(bytes)).toBeLessThan(6_000);
});

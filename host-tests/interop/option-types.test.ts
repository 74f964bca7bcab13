import { expect, test } from "@jest/globals";
import { startDesk } from "./desk";
import { identityFolder } from "./identities";

test("E9 options of the wrong type are told, not taken for a weaker setting", async () => {
	const desk = startDesk({ main: "build/js/host-tests/programs/option-types.js", resources: [identityFolder] });
	await desk.waitForLine(/^end$/m);
	const answers = desk.output.trim().split("\n").slice(0, -1);
	await desk.stop();
	expect(answers.filter(line => !/: (Type|Range)Error$/.test(line))).toEqual(["servername of 255 bytes: accepted"]);
	for (const option of ["rejectUnauthorized", "requestCert", "checkServerIdentity", "ALPNProtocols"]) {
		const types = answers.filter(line => line.startsWith(option)).map(line => line.split(": ").at(-1));
		expect(new Set(types)).toEqual(new Set(["TypeError"]));
	}
	const names = answers.filter(line => /^servername "/.test(line)).map(line => line.split(": ").at(-1));
	expect(names).toEqual(["RangeError", "RangeError", "RangeError"]);
});

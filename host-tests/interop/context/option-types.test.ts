import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { identityFolder } from "../identities";

test("E9 options of the wrong type are refused, not taken for a weaker setting", async () => {
	const desk = startDesk({ main: "build/js/host-tests/programs/server/option-types.js", resources: [identityFolder] });
	await desk.waitForLine(/^end$/m);
	const answers = desk.output.trim().split("\n").slice(0, -1);
	await desk.stop();
	expect(answers.filter(line => !/: (Type|Range)Error$|^names |^TLSSocket /.test(line))).toEqual([
		"digits of a port: accepted",
		"no session null: accepted",
		"no session undefined: accepted",
		"no session 0,0: accepted",
		"key of a Uint16Array: accepted",
		"identity in a Uint32Array: accepted",
		"key of 16 bytes: accepted",
		"client's key of 16 bytes: accepted",
		"TLS: a pre-shared key of 15 bytes can be guessed from a handshake that was recorded",
		"key of 15 bytes, allowed: accepted",
		"servername of 255 bytes: accepted",
		"E5 sizes: 16384 4096,1024 600"
	]);
	expect(answers.filter(line => /^names |^TLSSocket /.test(line))).toEqual([
		"names certificate: TypeError: TLSContext has no option certificate: use cert for this end's own, ca for whom to trust",
		"names Cert: TypeError: TLSContext has no option Cert: use cert",
		"names verify: TypeError: TLSContext has no option verify: use rejectUnauthorized",
		"names rejectUnauthorised: TypeError: TLSContext has no option rejectUnauthorised",
		"names toString: TypeError: TLSContext has no option toString",
		"names maxConections: TypeError: TLSListener has no option maxConections",
		"names cachesize: TypeError: TLSResumption has no option cachesize: use cacheSize",
		"names undefined: accepted",
		"TLSSocket has no option Timeout",
		"names Timeout: accepted",
		"names ALPN: accepted",
		"names ALPN: accepted"
	]);
	expect(answers).toContain("key of 15 bytes: RangeError");
	expect(answers).toContain("client's key of 15 bytes: RangeError");
	expect(answers.filter(line => /^allowed by .*: TypeError$/.test(line))).toHaveLength(2);
	for (const option of [
		"rejectUnauthorized",
		"requestCert",
		"checkServerIdentity",
		"ALPNProtocols",
		"listener",
		"session",
		"accept"
	]) {
		const types = answers.filter(line => line.startsWith(option)).map(line => line.split(": ").at(-1));
		expect(new Set(types)).toEqual(new Set(["TypeError"]));
	}
	const names = answers.filter(line => /^servername "/.test(line)).map(line => line.split(": ").at(-1));
	expect(names).toEqual(["RangeError", "RangeError", "RangeError"]);
});

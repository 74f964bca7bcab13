import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";

test("B4 C4 a name with a NUL or an overlong form in it is not taken for another name", async () => {
	const desk = startDesk({ main: "build/js/host-tests/programs/tls/text-calls.js" });
	await desk.exit;
	expect(desk.output.trim().split("\n")).toEqual([
		'ascii: ["A.b","a.b"]',
		'utf8: ["é","é"]'.replaceAll("é", "\u00c3\u00a9"),
		'pair: ["\u{1F600}","\u{1F600}"]'.replaceAll("\u{1F600}", "\u00f0\u009f\u0098\u0080"),
		'empty: ["",""]',
		...["NUL alone", "NUL within", "NUL of two bytes", "overlong", "surrogate", "cut", "none"].map(
			name => `${name}: [null,null]`
		),
		"identity: a",
		"identity: 2",
		"identity: 1",
		"plain: true,true,false,false,false,true"
	]);
});

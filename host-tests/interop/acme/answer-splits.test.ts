// The reader of a CA's answers, over the desk's HTTP client and, where MODDABLE is set, over the SDK's.

import { join, relative } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { compiledFolders } from "../../modules.cjs";
import { startDesk } from "../desk";
import { root } from "../paths";

const sdk = process.env.MODDABLE;
const names = "host-tests/desk/sdk-names/http";
const clients: [string, Record<string, string>, string[]][] = [["the desk's", {}, []]];
if (sdk !== undefined) {
	const folders = { "sdk/": relative(root, join(sdk, "examples/io/tcp")), "embedded:network/http/": names };
	clients.push(["the SDK's", { ...folders, "programs/": "host-tests/desk/programs" }, ["programs/sdk-built-ins"]]);
}

/** What each client makes of answers that break the rules: the SDK's says less. */
const expected: Record<string, string | RegExp> = {
	length: '[200,"n1",null,null,7]',
	empty: "[200,null,null,null,0]",
	"no content": '[204,"n2",null,null,0]',
	chunks: '[200,"n3","https://ca.example/1",null,24]',
	"chunk with extension": "[200,null,null,null,3]",
	"retry after": "[429,null,null,60000,2]",
	"long content": "ANSWER_SIZE",
	"long chunks": "ANSWER_SIZE",
	"long head": "ANSWER_SIZE",
	"long chunk line": "ANSWER_SIZE",
	"no number": "ANSWER_INVALID",
	"no chunk": /(?:ANSWER_INVALID|UNREACHABLE)$/,
	"chunk without end": /(?:ANSWER_INVALID|UNREACHABLE)$/,
	trailer: /(?:ANSWER_INVALID|\[200,null,null,null,3\])$/,
	"cut in content": "UNREACHABLE",
	"cut in head": "UNREACHABLE"
};

describe.each(clients)("Z17 answers through %s HTTP client", (_, folders, preload) => {
	test("Z17 however they are cut, what comes of them is the same, and bounded", async () => {
		const modules = { ...compiledFolders(), ...folders };
		const desk = startDesk({ main: "build/js/host-tests/programs/acme/answer-splits.js", modules, preload });
		expect(await desk.exit).toEqual({ code: 0, signal: null });
		const lines = [...desk.output.matchAll(/^answer (.*): (.*)$/gm)];
		expect(lines.map(([, name]) => name)).toEqual(Object.keys(expected));
		for (const [line, name, outcome] of lines) {
			const wanted = expected[name as string];
			if (typeof wanted === "string") expect([name, outcome]).toEqual([name, wanted]);
			else expect(line).toMatch(new RegExp(`: (?:${wanted?.source})`));
		}
	});
});

if (sdk === undefined) test.skip("Z17 answers through the SDK's HTTP client (skipped: MODDABLE is not set)", () => {});

// HTTP clients of Python, Go and Java, and WebSocket clients where they have them.

import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { run } from "../https";
import { buildGo, buildJava, sources } from "../stacks/build";
import { caFile, common, Field, form, stepsOf, webSockets } from "./steps";

const python = (name: string) => () => ["/usr/bin/python3", join(sources, "http-peer.py"), name];
const refusal = { stranger: "CERTIFICATE_VERIFY_FAILED" };

/** Of HttpURLConnection, which goes to no https from http, but shows what stands there. */
const older = {
	"older-kept": common.kept,
	"older-redirect": expect.stringMatching(/^307 +Moved +It is at +https:\/\/localhost:\d+\/peer$/),
	"older-followed": expect.stringMatching(/^200 \d+$/),
	"older-pieces": "200 onetwo",
	"older-upload": "200 1000000",
	"older-refused": "403 You may not"
};

describe("programs of the field", () => {
	const field = new Field();

	test.each([
		["Python's requests", python("requests"), { ...common, ...form, ...refusal }],
		["Python's httpx", python("httpx"), { ...common, ...form, ...refusal }],
		["Python's aiohttp", python("aiohttp"), { ...common, ...form, ...refusal, ...webSockets }],
		["Python's websocket-client", python("websocket-client"), webSockets],
		[
			"Go's net/http",
			() => [buildGo("http_peer")],
			{ ...common, ...form, expect: "100000", stranger: expect.stringContaining("signed by unknown authority") }
		],
		[
			"Java's HttpClient and HttpURLConnection",
			() => buildJava("HttpPeer"),
			{
				...common,
				...older,
				...webSockets,
				stranger: expect.stringContaining("unable to find valid certification path")
			}
		]
	] as const)("B11 Z8 %s", async (_, build, expected) => {
		const [program = "", ...first] = build();
		const { stdout, stderr } = await run(program, [...first, field.url, field.plainURL, caFile], "", field.folder);
		expect([stepsOf(stdout), stderr]).toEqual([expected, ""]);
	});
});

// Z12: a chain is in several places while it is chosen, and so is the one that was served, which is stored: XS is asked for all copies.
import { describe, expect, test } from "@jest/globals";
import { serveCertificates } from "httpsd/certificates";
import Budget from "httpsd/memory/budget";
import { ask, parse, serve } from "../harness";

const served = 8000;
const chosen = 6000;
const post = (path: string, text: string) =>
	`POST /certificates/${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${text.length}\r\n\r\n${text}`;

/** The answer where XS has so many bytes of chunks, and how often a certificate was chosen. */
async function answer(room: number, request: string) {
	let count = 0;
	const budget = new Budget(100_000, 0, 0, undefined, 0, (_, chunks) => chunks <= room);
	const server = serve({ ...{ budget }, maxConnections: 40 });
	const identities = {
		choice: "own",
		choices: [],
		trial: undefined,
		secure: { cert: new Uint8Array(served) },
		chainLength: (name: string) => (name === "long" ? chosen : 0),
		choose: () => void count++,
		confirm() {}
	};
	serveCertificates(server, { identities, uploaded: { request: "", install() {} }, authenticate: () => undefined });
	return [parse(await ask(request)).status, count];
}

describe("Z12 a certificate is chosen where XS has room for", () => {
	test.each([
		["two copies of the chain that is served", post("choice", '{"name":"own"}'), 2 * served],
		["them and the chain that is chosen", post("choice", '{"name":"long"}'), 2 * served + chosen],
		[
			"them and the chain that is installed",
			post("chain", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"),
			2 * served + 2
		]
	])("Z12 %s", async (_, request, room) => {
		// Beside what the request itself takes.
		expect(await answer(Math.max(room, 20_000), request)).toEqual([200, 1]);
		expect(await answer(room - 1, request)).toEqual([503, 0]);
	});
});

describe("Z12 what is shown is made where XS has room for it", () => {
	test.each(["/certificates", "/certificates/script.js", "/certificates/request"])("Z12 %s", async path => {
		const request = `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
		expect(await answer(20_000, request)).toEqual([200, 0]);
		expect(await answer(4_095, request)).toEqual([503, 0]);
	});
});

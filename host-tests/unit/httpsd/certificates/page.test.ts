// Z18: the page by which certificates are installed: what may run in it, and whether everybody can use it.

import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { serveCertificates } from "httpsd/certificates";
import { ask, parse, serve } from "../harness";

async function page(authenticate: () => unknown = () => undefined) {
	const server = serve();
	const identities = { choice: "own", choices: [], trial: undefined, choose() {}, confirm() {} };
	const uploaded = { request: "", install() {} };
	serveCertificates(server, { identities, uploaded, authenticate });
	return parse(await ask("GET /certificates HTTP/1.1\r\nHost: a\r\n\r\n"));
}

test("Z18 a strict policy goes with the page: nothing from elsewhere, no script in it, its style by its hash", async () => {
	const { headers, body } = await page();
	const hash = createHash("sha256").update(/<style>(.*)<\/style>/s.exec(body)?.[1] as string);
	expect(headers["content-security-policy"]).toBe(
		`default-src 'none'; script-src 'self'; style-src 'sha256-${hash.digest("base64")}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
	);
	expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
	expect(body.match(/<script|\son\w+=|\sstyle=/g)).toEqual(["<script"]);
});

test("Z18 what is typed into has a name, and the page is light and dark as the system is", async () => {
	const { body } = await page();
	expect(body).toMatch(/<label for="chain">[^<]+<\/label>\s*<textarea id="chain"/);
	expect(body).toContain('<meta name="color-scheme" content="light dark">');
	expect(body).toContain('name="viewport" content="width=device-width, initial-scale=1"');
});

test("Z18 a filter that answers yes or no lets nobody in", async () => {
	expect((await page(() => false)).status).toBe(403);
});

// A house with a PKI of its own: the request out, the chain in, and the way back.

import { writeFileSync } from "node:fs";
import { Agent } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { launchChromium } from "../../chromium";
import { scaled } from "../../pace";
import { folder, openssl } from "../../unit/certs/tool";
import { type Desk, startDesk } from "../desk";
import { askPage } from "./certificates-api";
import { House } from "./house";
import { visit } from "./visit";

const out = folder();
const house = new House(out, ["between", "beside"]);
const { at, read, sign } = house;
let desk: Desk;
let port: number;

async function start(): Promise<void> {
	const main = "build/js/host-tests/programs/identity/certificates-site.js";
	desk = startDesk({ main, config: { store: at("store"), port: port ?? 0 } });
	port = Number((await desk.waitForLine(/^listening on (\d+)/m))[1]);
}

const ask = (method: string, path: string, body = "", headers = {}, agent?: Agent) =>
	askPage(port, method, path, body, headers, agent);
const state = async () => JSON.parse((await ask("GET", "/state")).text);
const served = async () => (await visit(port)).leaf.fingerprint256;
const install = (chain: string, agent?: Agent) => ask("POST", "/chain", chain, {}, agent);

beforeAll(async () => {
	await start();
	writeFileSync(at("csr.pem"), (await ask("GET", "/request")).text);
});
afterAll(() => desk.stop());

describe("Z18 who may", () => {
	test("Z18 nobody without the password, and no page of another origin", async () => {
		const headers = { authorization: "" };
		for (const path of ["", "/state", "/request"]) expect((await ask("GET", path, "", headers)).status).toBe(401);
		expect((await ask("POST", "/chain", "x", headers)).status).toBe(401);
		const origin = { origin: "https://elsewhere.example" };
		expect((await ask("POST", "/choice", '{"name":"uploaded"}', origin)).status).toBe(403);
		expect((await ask("GET", "")).text).toContain("<h1>Certificates</h1>");
		expect(openssl("req", "-in", at("csr.pem"), "-noout", "-verify", "-subject")).toContain("device.local");
	});
});

describe("Z18 what is refused is said in one sentence, and the old one goes on", () => {
	const pem = () => sign("leaf.pem") + read("between.pem");
	test.each<[string, () => string, RegExp]>([
		["another key", () => read("root.pem"), /^None of the certificates is for the device's key/],
		["a chain with one that does not belong", () => pem() + read("beside.pem"), /^The chain does not lead up: CN=/],
		["an expired one", () => sign("old.pem", 0), /^The server certificate of .* (expired|is valid from)/],
		["no PEM", () => "hello", /^There is no whole certificate$/],
		["half a certificate", () => pem().slice(0, -200), /^There is no whole certificate$/],
		["a damaged one", () => pem().replace(/\nMII/, "\nAAA"), /does not parse|looks like|DER/],
		["too many", () => read("root.pem").repeat(9), /^There are more than 8 certificates$/],
		["more than there is room for", () => "x\n".repeat(9000), /too long|too large|413/i]
	])("Z18 %s", async (_, make, sentence) => {
		const before = await served();
		const { status, text } = await install(make());
		expect([413, 422]).toContain(status);
		expect(text.trim()).toMatch(sentence);
		expect(await served()).toBe(before);
		expect((await state()).choice).toBe("own");
	});

	test("Z18 what there is not", async () => {
		expect(await ask("POST", "/choice", '{"name":"acme"}')).toEqual({
			status: 422,
			text: "There is no certificate of acme yet"
		});
		expect((await ask("POST", "/choice", '{"name":"toString"}')).status).toBe(422);
	});
});

describe("Z18 a chain is installed", () => {
	test("Z18 in any order and with the root; the owner's next connection confirms it, open ones live on", async () => {
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const before = await visit(port, "GET", "/", "", agent);
		const { status, text } = await install(read("root.pem") + read("between.pem") + sign("leaf.pem"));
		expect([status, JSON.parse(text).choice, JSON.parse(text).trial > 590_000]).toEqual([200, "uploaded", true]);
		const same = await visit(port, "GET", "/", "", agent);
		expect([same.from, same.leaf.fingerprint256]).toEqual([before.from, before.leaf.fingerprint256]);
		agent.destroy();
		const shown = openssl("s_client", "-connect", `127.0.0.1:${port}`, "-showcerts", "-CAfile", at("root.pem"));
		expect(shown).toContain("Verify return code: 0 (ok)");
		// The root is left off: who trusts it has it.
		expect(shown.match(/BEGIN CERTIFICATE/g)?.length).toBe(2);
		expect((await state()).trial).toBe(null);
		await desk.stop();
		await start();
		expect((await state()).choice).toBe("uploaded");
		const { validTo, fingerprint256 } = (await visit(port)).leaf;
		const onDashboard = JSON.parse((await visit(port, "GET", "/dashboard-identity")).text);
		expect(onDashboard).toEqual({ notAfter: Date.parse(validTo), fingerprint: fingerprint256 });
	});

	test("Z18 one that the server cannot take is refused, and is not on trial", async () => {
		const first = await served();
		await visit(port, "POST", "/out-of-memory/true");
		expect(await ask("POST", "/choice", '{"name":"own"}')).toEqual({ status: 422, text: "There is no memory" });
		await visit(port, "POST", "/out-of-memory/false");
		expect(await state()).toMatchObject({ choice: "uploaded", trial: null });
		expect(await served()).toBe(first);
	});

	test("Z18 strangers come, and the owner does not: after ten minutes, or a restart, that of before is served", async () => {
		const first = await served();
		const next = () => install(sign("next.pem") + read("between.pem"));
		expect((await next()).status).toBe(200);
		expect((await ask("GET", "/state", "", { authorization: "" })).status).toBe(401);
		expect((await visit(port, "POST", "/out-of-time")).leaf.fingerprint256).not.toBe(first);
		expect(await served()).toBe(first);
		expect((await next()).status).toBe(200);
		await desk.stop();
		await start();
		expect(await served()).toBe(first);
		expect((await ask("POST", "/choice", '{"name":"own"}')).status).toBe(200);
		expect((await visit(port)).text).toBe("served own\n");
		expect((await state()).trial).toBe(null);
	});
});

test("Z18 the page in Chromium: a chain is put in, and confirms itself", async () => {
	const browser = await launchChromium();
	const httpCredentials = { username: "ada", password: "s3cret" };
	const context = await browser.newContext({ ignoreHTTPSErrors: true, httpCredentials });
	context.setDefaultTimeout(scaled(30_000));
	const page = await context.newPage();
	await page.goto(`https://127.0.0.1:${port}/certificates`);
	await page.getByText("own, until").waitFor();
	expect(await page.getByRole("radio").count()).toBe(3);
	await page.locator("#chain").fill("no chain");
	await page.getByText("Install").click();
	await page.getByText("There is no whole certificate").waitFor();
	await page.locator("#chain").fill(read("between.pem") + sign("page.pem"));
	await page.getByText("Install").click();
	await page.getByText("It works, and stays.").waitFor();
	expect((await state()).choice).toBe("uploaded");
	await browser.close();
});

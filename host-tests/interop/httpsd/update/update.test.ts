// Z14: firmware over HTTPS, into a class over files with the contract of the SDK's.

import { once } from "node:events";
import { request } from "node:https";
import { connect } from "node:tls";
import { afterEach, describe, expect, test } from "@jest/globals";
import { visit } from "../dashboard/demo";
import { digestOf, hexOf, makeImage, newFolder, type Site, send, startSite } from "./site";

let site: Site;
let folder: string;
afterEach(() => site.desk.stop());

const begin = async (config: Record<string, string | number> = {}) => {
	folder = newFolder();
	site = await startSite(folder, config);
};
/** What runs after a restart. */
async function restart(): Promise<Site> {
	await site.desk.stop();
	site = await startSite(folder);
	return site;
}
const image = makeImage(100_000, 7);

describe("Z14 an update", () => {
	test("runs after the restart, is on trial, and stays once it has answered a request", async () => {
		await begin();
		expect([site.slot, site.image]).toEqual(["app0", "none"]);
		expect(await send(site.port, image)).toMatchObject({ status: 200, text: /device restarts/ });
		expect(await site.desk.exit).toMatchObject({ code: 0 });
		await restart();
		expect([site.slot, site.image, site.state]).toEqual(["app1", hexOf(image), "on trial"]);
		expect(await visit(site.port, "/")).toBe(200);
		await site.desk.waitForLine(/^confirmed$/m);
		await restart();
		expect([site.slot, site.state]).toEqual(["app1", "valid"]);
		// And the next one goes into the other slot.
		const next = makeImage(50_000, 8);
		expect(await send(site.port, next)).toMatchObject({ status: 200 });
		await site.desk.exit;
		await restart();
		expect([site.slot, site.image]).toEqual(["app0", hexOf(next)]);
	});

	test("Z12 comes in pieces into an ESP32-C3's memory", async () => {
		folder = newFolder();
		site = await startSite(folder, {}, { variant: "device", platform: "esp32c3" });
		expect(await send(site.port, image)).toMatchObject({ status: 200 });
		expect(await site.desk.exit).toMatchObject({ code: 0 });
		await restart();
		expect([site.slot, site.image]).toEqual(["app1", hexOf(image)]);
	});

	test("that does not confirm itself is gone: at the next start, and when its time is over", async () => {
		await begin();
		await send(site.port, image);
		await site.desk.exit;
		expect((await restart()).slot).toBe("app1");
		expect(await restart()).toMatchObject({ slot: "app0", state: "valid" });
		await send(site.port, image);
		await site.desk.exit;
		site = await startSite(folder, { trial: 300 });
		expect(site.slot).toBe("app1");
		expect(await site.desk.exit).toMatchObject({ code: 3 });
		expect(await restart()).toMatchObject({ slot: "app0", state: "valid" });
	});

	test("an answer of 500 confirms nothing", async () => {
		await begin();
		await send(site.port, image);
		await site.desk.exit;
		expect((await restart()).state).toBe("on trial");
		expect(await visit(site.port, "/broken")).toBe(500);
		expect(await visit(site.port, "/broken")).toBe(500);
		expect(site.desk.output).not.toContain("confirmed");
		expect(await visit(site.port, "/")).toBe(200);
		await site.desk.waitForLine(/^confirmed$/m);
	});
});

const refused: [what: string, status: number, text: RegExp, headers: Record<string, string>, content: Buffer][] = [
	["another SHA-256", 422, /another SHA-256/, { "repr-digest": digestOf(Buffer.from("x")) }, image],
	["no SHA-256", 400, /says no SHA-256/, { "repr-digest": "sha-512=:AAAA:" }, image],
	["half a SHA-256", 400, /says no SHA-256/, { "repr-digest": "sha-256=:AAAA:" }, image],
	["two SHA-256", 400, /two different/, { "content-digest": digestOf(Buffer.from("x")) }, image],
	["no image's beginning", 422, /does not begin with E9/, {}, Buffer.alloc(50_000, 1)],
	["a beginning alone", 422, /too short/, {}, Buffer.alloc(20, 0xe9)],
	["an image that is damaged", 422, /does not take the image: end failed/, {}, Buffer.alloc(50_000, 0xe9)],
	["too long an image", 413, /longer than 150000/, {}, makeImage(150_001, 1)],
	["a coding", 415, /compressed/, { "content-encoding": "gzip" }, image],
	["another origin", 403, /Forbidden/, { origin: "https://elsewhere.example" }, image]
];

describe("Z14 refused, and the firmware is the same as before:", () => {
	test.each(refused)("%s: %i", async (_what, status, text, headers, content) => {
		await begin();
		const answer = await send(site.port, content, headers);
		expect(answer).toMatchObject({ status, text: expect.stringMatching(text) });
		if (status !== 403) expect(answer.text).toMatch(/The firmware is the same as before\n$/);
		if (status === 400) expect(answer.headers["want-repr-digest"]).toBe("sha-256=10");
		expect(await restart()).toMatchObject({ slot: "app0", image: "none", state: "valid" });
	});

	test("without credentials, or with others, before a byte is read; by chunks", async () => {
		await begin();
		for (const auth of ["admin:wrong", "other:right", ""])
			expect(await send(site.port, image, {}, { auth })).toMatchObject({ status: 401 });
		const chunked = { "transfer-encoding": "chunked", "content-length": "" };
		const sending = request({
			...{ host: "localhost", port: site.port, path: "/firmware", method: "PUT", auth: "admin:right" },
			rejectUnauthorized: false,
			headers: { "repr-digest": digestOf(image), "transfer-encoding": chunked["transfer-encoding"] }
		});
		sending.end(image);
		const [answer] = await once(sending, "response");
		expect(answer.statusCode).toBe(411);
		for (const path of ["/firmware/", "/firmware/x"])
			expect(await send(site.port, image, {}, { path })).toMatchObject({ status: 404 });
		expect(await send(site.port, image, {}, { method: "POST" })).toMatchObject({ status: 404 });
	});

	test("a second image while one is on its way; and when the first client is lost, the next may begin", async () => {
		await begin();
		const head = `PUT /firmware HTTP/1.1\r\nHost: a\r\nAuthorization: Basic ${btoa("admin:right")}\r\nContent-Length: ${image.length}\r\nRepr-Digest: ${digestOf(image)}\r\nExpect: 100-continue\r\n\r\n`;
		const first = connect({ host: "localhost", port: site.port, rejectUnauthorized: false });
		first.write(head);
		expect(String((await once(first, "data"))[0])).toMatch(/^HTTP\/1\.1 100 /);
		first.write(image.subarray(0, 50_000));
		let answer = await send(site.port, image);
		expect(answer.status).toBe(409);
		expect(answer.text).toMatch(/Another image is on its way/);
		first.destroy();
		for (let count = 0; answer.status === 409 && count < 200; count++) answer = await send(site.port, image);
		expect(answer.status).toBe(200);
		await site.desk.exit;
		expect((await restart()).image).toBe(hexOf(image));
	});
});

// Z14: what a device says when its own update class or partition fails, and what new firmware counts as proof of itself.

import { createHash } from "node:crypto";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import type Server from "httpsd/server";
import type { Updater } from "httpsd/update";
import { ask, parse, serve } from "../harness";

jest.mock("tls/hash", () => jest.requireActual("../../tls/hash"));
// Behind the mock, which nothing hoists.
const { update, updateTrial } = jest.requireActual<typeof import("httpsd/update")>("httpsd/update");

const image = "an image of firmware, long enough to have a head";
const unchanged = /The firmware is the same as before\n$/;
afterEach(() => {
	jest.restoreAllMocks();
});

function put(content = image): Promise<string> {
	const digest = createHash("sha256").update(content, "latin1").digest("base64");
	const fields = `Host: a\r\nContent-Length: ${content.length}\r\nRepr-Digest: sha-256=:${digest}:\r\n`;
	return ask(`PUT /firmware HTTP/1.1\r\n${fields}\r\n${content}`);
}

/** A server whose device fails as a test says. */
function makeSite(updater: Partial<Updater> = {}, partition: () => { close?(): void } = () => ({}), maxLength = 100) {
	const updated = jest.fn();
	const io = { open: () => ({ write() {}, complete() {}, close() {}, ...updater }) };
	const server = serve({ maxConnections: 100 });
	server.on("error", () => undefined);
	server.use("/firmware", update({ auth: () => undefined, io, partition, maxLength, updated }));
	return updated;
}

const fail = () => {
	throw new Error("flash is broken");
};

describe("Z14 where the device itself fails", () => {
	test("a partition that does not open is told in words, and the next image may come", async () => {
		let isBroken = true;
		const updated = makeSite({}, () => (isBroken ? fail() : {}));
		const { status, body } = parse(await put());
		expect([status, body]).toEqual([500, expect.stringMatching(unchanged)]);
		isBroken = false;
		expect(parse(await put()).status).toBe(200);
		expect(updated).toHaveBeenCalledTimes(1);
	});

	test.each([
		["its updater", { close: fail }, {}],
		["its partition", {}, { close: fail }]
	])("a complete image is started though %s does not close", async (_what, updater, partition) => {
		const updated = makeSite(updater, () => partition);
		expect(parse(await put()).status).toBe(200);
		expect(updated).toHaveBeenCalledTimes(1);
	});

	test("what went wrong is told though its updater does not close, and the partition is closed", async () => {
		const close = jest.fn();
		const updated = makeSite({ write: fail, close: fail }, () => ({ close }));
		const { status, body } = parse(await put());
		expect([status, body]).toEqual([500, expect.stringMatching(/could not be written: flash is broken/)]);
		expect(close).toHaveBeenCalledTimes(1);
		expect(updated).not.toHaveBeenCalled();
	});

	test.each([
		[99, 200],
		[100, 200],
		[101, 413]
	])("an image of %i bytes, where 100 are taken: %i", async (length, status) => {
		makeSite();
		expect(parse(await put("x".repeat(length))).status).toBe(status);
	});
});

describe("Z14 new firmware is confirmed", () => {
	const begin = (answer: Parameters<Server["use"]>[1]) => {
		const confirm = jest.fn();
		const server = serve({ maxConnections: 100 });
		server.on("error", () => undefined);
		const end = updateTrial(server, { isPending: () => true, confirm, giveUp() {} });
		server.use("/", answer);
		return { confirm, end };
	};

	test.each([200, 304, 401, 404])("by a response of %i", async status => {
		const { confirm } = begin((_request, response) => response.status(status).send());
		await ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		expect(confirm).toHaveBeenCalledTimes(1);
	});

	test.each([500, 503])("by none of %i", async status => {
		const { confirm, end } = begin((_request, response) => response.status(status).send());
		await ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
		expect(confirm).not.toHaveBeenCalled();
		end();
	});
});

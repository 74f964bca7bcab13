// Trailers and upgrades on real XS, with Node's client at the other end.

import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Site, startSite, variants } from "./site";

describe.each(variants)("beyond requests and responses on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant);
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	test("B11 trailers in both directions", async () => {
		const headers = { "Transfer-Encoding": "chunked", Trailer: "X-Sum" };
		const sent = request(`${site.url}/trailers`, { method: "POST", headers });
		const answer = new Promise<IncomingMessage>((resolve, reject) => sent.on("response", resolve).on("error", reject));
		sent.addTrailers({ "X-Sum": "7" });
		for (const piece of ["one ", "two ", "three"]) sent.write(piece);
		sent.end();
		const response = await answer;
		expect([await text(response), response.trailers]).toEqual(["one two three", { "x-sum": "7" }]);
	});

	test("B11 raw send and receive: after an upgrade the connection is the handler's", async () => {
		const sent = request(`${site.url}/raw`, { headers: { Connection: "Upgrade", Upgrade: "shout" } });
		const received = await new Promise<string>((resolve, reject) => {
			sent.on("error", reject).on("upgrade", (response, socket) => {
				expect([response.statusCode, response.headers.upgrade]).toEqual([101, "shout"]);
				socket.write("hello, ");
				socket.write("world.");
				text(socket).then(resolve, reject);
			});
			sent.end();
		});
		expect(received).toBe("HELLO, WORLD.");
		await site.desk.waitForLine(/raw connection ended/);
	});
});

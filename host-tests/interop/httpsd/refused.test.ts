// Every refused shape of the unit tests, on real XS over real TCP.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { scaled } from "../../pace";
import { refusedChunks } from "../../unit/httpsd/message/chunk-vectors";
import { goodHeads, refusedHeads } from "../../unit/httpsd/message/head-vectors";
import { type Site, startSite, talk, variants } from "./site";

describe.each(variants)("refused shapes on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		const timeouts = { lingerTimeout: scaled(2000), idleTimeout: 20, bodyTimeout: scaled(1000) };
		site = await startSite(variant, { maxConnections: 64, ...timeouts });
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	const statusOf = async (pieces: readonly string[]) => Number((await talk(site.port, pieces)).split(" ")[1]);
	const splits = (text: string) => [[text], [...text], [text.slice(0, -3), text.slice(-3)]];

	test.each(refusedHeads)("Z8 head: %s is %i", async (_, status, head) => {
		expect(await Promise.all(splits(head).map(statusOf))).toEqual([status, status, status]);
		expect(await statusOf([`${head}\xff\xfe`])).toBe(status);
	});

	test.each(refusedChunks)("Z8 chunks: %s", async (_, body) => {
		const head = "POST /text HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
		expect(await Promise.all(splits(head + body).map(statusOf))).toEqual([400, 400, 400]);
	});

	test.each(goodHeads)("Z8 let in: %s", async (_, head) => {
		const statuses = await Promise.all(splits(head).map(statusOf));
		expect(new Set(statuses).size).toBe(1);
		expect([200, 204, 404, 405, 501]).toContain(statuses[0]);
	});
});

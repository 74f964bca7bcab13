// How many named shapes there are, and that what is refused carries nothing along.

import { expect, test } from "@jest/globals";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";
import { goodChunks, refusedChunks } from "./chunk-vectors";
import { goodHeads, refusedHeads } from "./head-vectors";

const accepted = goodHeads.length + goodChunks.length;
const refused = refusedHeads.length + refusedChunks.length;
const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

test(`Z8 named HTTP cases, each at every split: ${accepted} accepted, ${refused} refused`, () => {
	expect(accepted + refused).toBeGreaterThanOrEqual(150);
	for (const table of [goodHeads, refusedHeads, goodChunks, refusedChunks])
		expect(new Set(table.map(([name]) => name)).size).toBe(table.length);
});

async function responsesTo(sent: string): Promise<{ count: number; paths: string[] }> {
	const paths: string[] = [];
	const server = serve({ maxConnections: 1 });
	server.handle("*", "/*", async (request, response) => {
		paths.push(request.path);
		response.send(await request.text());
	});
	const client = await connect();
	client.send(sent);
	await settle();
	return { count: client.take().split("HTTP/1.1 ").length - 1, paths };
}

test.each(refusedHeads)("Z8 nothing is served behind a refused head: %s", async (...[, , head]) => {
	expect(await responsesTo(head + smuggled)).toEqual({ count: 1, paths: [] });
});

test.each(refusedChunks)("Z8 nothing is served behind a refused chunk: %s", async (_, body) => {
	const head = "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
	expect(await responsesTo(head + body + smuggled)).toEqual({ count: 1, paths: ["/first"] });
});

test.each(goodChunks)("Z8 the request behind chunks is served: %s", async (_, body) => {
	const head = "POST /first HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
	expect(await responsesTo(head + body + smuggled)).toEqual({ count: 2, paths: ["/first", "/smuggled"] });
});

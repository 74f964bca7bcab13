// Z12: the next request began within whatever had answered the one before it. What a handler has called and what the next one calls
// were on XS's stack at once: requests behind each other took a kilobyte or more of it that one request does not.
import { beforeAll, expect, test } from "@jest/globals";
import { open, startSite } from "./client";

let port: number;
let stop: () => Promise<void>;
beforeAll(async () => {
	({ port, stop } = await startSite("esp32c3"));
});

const post = (path: string, content: string) =>
	`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${content.length}\r\n\r\n${content}`;
const requests = [post("/json", '{"a":}'), post("/json", '{"a":[[[[[[[1]]]]]]]}'), post("/form", "a=b")];

/** Sends them over one connection, and waits for as many answers. */
async function ask(all: readonly string[]): Promise<void> {
	const client = await open(port);
	const count = (text: string) => text.split("HTTP/1.1 ").length - 1;
	expect(count(await client.send(all.join(""), text => count(text) === all.length))).toBe(all.length);
	client.close();
}

/** Bytes of XS's stack that have been in use at most. */
async function deepest(): Promise<number> {
	const client = await open(port);
	const { stack } = JSON.parse(await client.fetch("/figures"));
	client.close();
	return stack;
}

test("Z12 requests behind each other take no more of XS's stack than each of them alone", async () => {
	for (const request of requests) await ask([request]);
	const alone = await deepest();
	await ask([...requests, ...requests, ...requests]);
	expect((await deepest()) - alone).toBeLessThan(512);
});

test("Z12 nothing is charged once all have left", () => stop());

// Z12: a head in pieces was joined where XS had room for that, and then cut out and decoded where it had none: an application that leaves
// little of an ESP32-C3's block was ended by four clients, one with content and three with heads of 3 kB. So it was by a head of NULs, or of what is
// no UTF-8, of which decoding made five and seven times as much.
import { expect, test } from "@jest/globals";
import { open, startSite } from "./client";

const content = `POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 2048\r\n\r\n${"x".repeat(2040)}`;
const lines = Array.from({ length: 40 }, (_, index) => `a${index}: ${"y".repeat(40)}\r\n`).join("");
const longHead = `GET /nowhere?${"a".repeat(1000)} HTTP/1.1\r\nHost: a\r\n${lines}\r\n`;
const nuls = `GET /nowhere HTTP/1.1\r\nHost: a\r\nX: ${"\0".repeat(1900)}\r\n\r\n`;
const latin1 = `GET /nowhere HTTP/1.1\r\nHost: a\r\nX: ${"\xe9".repeat(1900)}\r\n\r\n`;

test.each([
	["51 kB", 8],
	["55 kB", 10],
	["59 kB", 12]
])("Z12 an application of %s outlives heads of 3 kB beside content", async (_, kilobytes) => {
	const { desk, port, stop } = await startSite("esp32c3", "memory-site", { kilobytes });
	for (const all of [
		[content, longHead, longHead, longHead],
		[content, content, longHead, longHead],
		[content, nuls, nuls, longHead],
		[content, content, latin1, latin1],
		[content, latin1, latin1, latin1]
	]) {
		const clients = await Promise.all(all.map(() => open(port)));
		const answers = await Promise.all(
			clients.map((client, index) => client.send(all[index] as string, text => text.includes("\r\n\r\n"), 2000))
		);
		for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 (400|404|413|503) |$)/);
		for (const client of clients) client.close();
		expect(desk.output).not.toContain("out of memory");
	}
	await stop();
});

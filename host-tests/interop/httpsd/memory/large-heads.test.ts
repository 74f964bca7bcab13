// Z12: a head in pieces was joined where XS had room for that, and then cut out and decoded where it had none: an application that leaves
// little of an ESP32-C3's block was ended by four clients, one with content and three with heads of 3 kB. So it was by a head of NULs, or of what is
// no UTF-8, of which decoding made five and seven times as much.
import { connect } from "node:tls";
import { expect, test } from "@jest/globals";
import { within } from "../../../deadline";
import { startDesk } from "../../desk";
import { startSite } from "./client";

const content = `POST /text HTTP/1.1\r\nHost: a\r\nContent-Length: 2048\r\n\r\n${"x".repeat(2040)}`;
const lines = Array.from({ length: 40 }, (_, index) => `a${index}: ${"y".repeat(40)}\r\n`).join("");
const longHead = `GET /nowhere?${"a".repeat(1000)} HTTP/1.1\r\nHost: a\r\n${lines}\r\n`;
const nuls = `GET /nowhere HTTP/1.1\r\nHost: a\r\nX: ${"\0".repeat(1900)}\r\n\r\n`;
const latin1 = `GET /nowhere HTTP/1.1\r\nHost: a\r\nX: ${"\xe9".repeat(1900)}\r\n\r\n`;

/** Whoever is let in sends his own; all leave once each head has had its answer, or after two seconds. @returns the answers. */
async function attack(port: number, texts: readonly string[]): Promise<string[]> {
	const answers = texts.map(() => "");
	const answered: Promise<void>[] = [];
	const sockets = texts.map((text, index) => {
		const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
		const isAnswered = new Promise<void>(resolve => {
			socket.on("data", piece => {
				answers[index] += piece.toString("latin1");
				if (answers[index]?.includes("\r\n\r\n")) resolve();
			});
			socket.on("close", resolve);
		});
		if (text !== content) answered.push(isAnswered);
		return socket.on("error", () => {}).on("secureConnect", () => void socket.write(text, "latin1"));
	});
	await within(2000, "all answers", Promise.all(answered)).catch(() => {});
	for (const socket of sockets) socket.destroy();
	return answers;
}

test.concurrent.each([
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
		for (const answer of await attack(port, all)) expect(answer).toMatch(/^(HTTP\/1\.1 (400|404|413|503) |$)/);
		expect(desk.output).not.toContain("out of memory");
	}
	await stop();
});

// A head took up to seven times its length where four were asked for: all of it three times, each line twice, and a value with spaces behind it
// once more. One `If-Match` ended an ESP32-C3 with an application of 51 kB, whose WebSockets had taken slots before.
test.concurrent.each(["esp32c3", "esp32"] as const)(
	"Z12 long heads take no more than is asked for, %s",
	async platform => {
		const main = "build/js/host-tests/programs/httpsd/memory/head-room.js";
		const desk = startDesk({ main, variant: "device", platform });
		const { code } = await desk.exit;
		expect([code, desk.output.includes("out of memory")]).toEqual([0, false]);
		expect(desk.output.match(/ lines, parsed\n/g)).toHaveLength(6);
	}
);

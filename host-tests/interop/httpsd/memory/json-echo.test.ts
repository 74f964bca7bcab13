// Z12: JSON writes a control character as six, so that of 2 kB `response.json()` made 12 kB that nobody had asked XS for: one POST had an ESP32-C3
// restart whose application is large, and sends back what it was sent.
import { expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { askAtOnce, open, startSite } from "./client";

const post = (content: string) =>
	`POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: ${content.length}\r\n\r\n${content}`;

async function isServed(port: number): Promise<boolean> {
	const client = await open(port, 0).catch(() => undefined);
	const status = await client?.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	client?.close();
	return status === 200;
}

test.concurrent.each([8, 12])(
	"Z12 content of control characters that comes back as JSON, beside a text of %i kB",
	async kilobytes => {
		const { port, stop } = await startSite("esp32c3", "echo-site", { kilobytes });
		for (let round = 0; round < 3; round++)
			for (const status of await askAtOnce(port, post("\x01".repeat(2040)), 4).catch(() => []))
				expect([undefined, 200, 503]).toContain(status);
		await until(() => isServed(port), "a good client is served", 60_000);
		await stop();
	}
);

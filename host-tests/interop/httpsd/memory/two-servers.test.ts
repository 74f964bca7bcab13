// Z12: each of two servers had room for all of its connections, and both for the same: an ESP32-C3 restarted when all of them were asked at once.
import { connect } from "node:net";
import { expect, test } from "@jest/globals";
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";
import { until } from "../../../deadline";
import { open, startSite } from "./client";

const request = `GET / HTTP/1.1\r\nHost: a\r\nX: ${"y".repeat(200)}\r\n\r\n`;
const all = Array.from({ length: httpLimits.maxConnections });

/** Clients on all places of both ask at once, and leave. */
async function attack(secure: number, plain: number): Promise<void> {
	const clients = await Promise.all(all.map(() => open(secure).catch(() => undefined)));
	const sockets = all.map(() => connect(plain, "127.0.0.1").on("error", () => {}));
	await new Promise(resolve => setTimeout(resolve, 500));
	for (const socket of sockets) socket.write(request);
	await Promise.all(clients.map(client => client?.send(request, text => text.includes("\r\n\r\n"), 1500)));
	for (const client of clients) client?.close();
	for (const socket of sockets) socket.destroy();
}

test.each([18, 19, 20])(
	"Z12 two servers do not promise the same room of XS: %d kB of an application's",
	async kilobytes => {
		const { desk, port, stop } = await startSite("esp32c3", "../server/two-servers", { kilobytes });
		const plain = Number((await desk.waitForLine(/plain on (\d+)/))[1]);
		await attack(port, plain);
		expect(desk.output).not.toContain("out of memory");
		const isServed = async () => {
			const client = await open(port, 0).catch(() => undefined);
			const status = await client?.ask(request);
			client?.close();
			return status === 200;
		};
		await until(isServed, () => `a good client: ${desk.output}`);
		await stop();
	}
);

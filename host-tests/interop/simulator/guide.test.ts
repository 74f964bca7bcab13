// The examples of docs/http.md in the SDK's simulator: each handler answers, and XS's stack is deep enough for all.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import { requests, requestText } from "../../guide";
import { run } from "../https";
import { root } from "../paths";
import { writeGuideFirmware } from "./guide-firmware";
import { buildFirmware, caFile, make, startServer, whyNot } from "./simulator";

const folder = "build/simulator-guide";

function buildGuide(): string {
	make("identity");
	writeGuideFirmware(folder);
	return buildFirmware(join(folder, "manifest.json"), join(folder, "out"));
}

const title = "Z10 the guide's handlers in the simulator";
const application = whyNot === undefined ? buildGuide() : "";
const [group, name] = whyNot === undefined ? [describe, title] : [describe.skip, `${title} (skipped: ${whyNot})`];
group(name, () => {
	let server: Awaited<ReturnType<typeof startServer>>;
	beforeAll(async () => {
		server = await startServer(application);
	});

	/** What comes back until the server closes. */
	const exchange = (text: string) =>
		new Promise<string>((resolve, reject) => {
			const { port } = server;
			const socket = connect({ port, ca: readFileSync(caFile), servername: "localhost" }, () => socket.write(text));
			let received = "";
			socket.on("data", data => {
				received += data.toString("latin1");
			});
			socket.on("error", reject).on("close", () => resolve(received));
		});

	test.each(requests.map(sample => [sample[0].replaceAll("\r\n", ", "), sample] as const))("%s", async (_, sample) => {
		const [, status, content] = sample;
		const answer = await exchange(requestText(sample, "Connection: close"));
		expect([Number(answer.split(" ")[1]), answer]).toEqual([status, expect.stringContaining(content)]);
	});

	test("POST of a form by curl, and a password by Digest", async () => {
		const curl = (...parameters: string[]) => run("curl", ["-sS", "--cacert", caFile, ...parameters]);
		const url = `https://localhost:${server.port}`;
		expect((await curl("--data", "name=joe", `${url}/form`)).stdout).toBe("joe");
		expect((await curl("--digest", "--user", "ada:correct horse", `${url}/panel`)).stdout).toBe("Welcome, ada");
	});

	test("messages of WebSockets", async () => {
		const open = async (path: string) => {
			const socket = new WebSocket(`wss://localhost:${server.port}${path}`, { ca: readFileSync(caFile) });
			const message = once(socket, "message").then(([data]) => String(data));
			await once(socket, "open");
			return { socket, message };
		};
		const [lamp, one, other] = [await open("/lamp"), await open("/chat"), await open("/chat?room=lobby")];
		lamp.socket.send('{"level":3}');
		one.socket.send("hello");
		expect([await lamp.message, await other.message]).toEqual(["Level is 3", "hello"]);
		for (const { socket } of [lamp, one, other]) socket.terminate();
	});

	test("three quarters of the stack were enough for all of them, as docs/device.md says", async () => {
		const answer = await exchange("GET /stack HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		const { deepest, size } = JSON.parse(answer.slice(answer.indexOf("{"))) as { deepest: number; size: number };
		const said = /the deepest was (\d+) slots/.exec(readFileSync(join(root, "docs/device.md"), "utf8"))?.[1];
		expect(size).toBe(768);
		expect(deepest).toBeGreaterThan(300); // or nothing was measured
		expect(deepest).toBeLessThan(0.75 * size);
		expect(Math.abs(deepest - Number(said))).toBeLessThan(64);
	});
});

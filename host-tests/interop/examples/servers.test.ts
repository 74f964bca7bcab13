// Examples that serve, each with clients of others: curl, openssl, Node's ws.

import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { WebSocket } from "ws";
import { ca, curl, makeIdentities, startExample } from "./example";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
makeIdentities();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("Z13 example hello", async () => {
	const { url } = await startExample("hello");
	expect(await curl(`${url}/hello/Ada`)).toMatch(/^Hello, Ada\. You came by TLSv1\.3 with \w+\.\n$/);
});

test("B11 Z13 example static-site: compressed as the client likes it, kept, and asked for by its tag", async () => {
	const { url } = await startExample("static-site");
	const page = await curl("-i", `${url}/`);
	const script = /src="(\/assets\/[^"]+)"/.exec(page)?.[1] as string;
	const answers = ["br", "gzip"].map(coding =>
		curl("-i", "--compressed", "-H", `accept-encoding: ${coding}`, url + script)
	);
	for (const answer of await Promise.all(answers)) {
		expect(answer).toMatch(/^content-encoding: (br|gzip)\r$/im);
		expect(answer).toContain("immutable");
		expect(answer).toContain("The script has run");
	}
	const tag = /^etag: (.*)\r$/im.exec(page)?.[1] as string;
	expect(await curl("-i", "-H", `if-none-match: ${tag}`, `${url}/`)).toMatch(/^HTTP\/1\.1 304 /);
});

test("B11 Z13 example json-api: a preflight, a token, values that are checked", async () => {
	const example = await startExample("json-api", { origin: "https://app.example", token: "s3cret" });
	const lamp = `${example.url}/api/lamp`;
	const from = ["-i", "-H", "origin: https://app.example"];
	const preflight = await curl(...from, "-X", "OPTIONS", "-H", "access-control-request-method: PUT", lamp);
	expect(preflight).toMatch(/^HTTP\/1\.1 204 [\s\S]*access-control-allow-origin: https:\/\/app\.example\r/i);
	expect(await curl(...from, lamp)).toMatch(/^HTTP\/1\.1 401 [\s\S]*access-control-allow-origin/i);
	const put = (text: string) =>
		curl("-w", " %{http_code}", "-H", "authorization: Bearer s3cret", "-X", "PUT", "-d", text, lamp);
	expect(await put('{"on":true,"level":40}')).toBe('{"on":true,"level":40} 200');
	expect(await put('{"on":"yes"}')).toMatch(/ 400$/);
	expect(await put("{}")).toBe('{"on":true,"level":40} 200');
});

test("B11 Z13 example upload: a megabyte is summed up, too much is refused before it is read", async () => {
	const { url } = await startExample("upload");
	const file = join(folder, "file.bin");
	writeFileSync(file, Buffer.alloc(1_000_000, 3));
	expect(await curl("-T", file, `${url}/files/`)).toMatch(/^1000000 bytes in \d+ ms, sum 51555$/);
	writeFileSync(file, Buffer.alloc(4_000_001));
	expect(await curl("-o", "/dev/null", "-w", "%{http_code}", "-T", file, `${url}/files/`)).toBe("413");
});

test("B12 Z13 example chat: what one says both hear", async () => {
	const { port } = await startExample("chat");
	const heard: string[][] = [[], []];
	const sockets = heard.map(list => {
		const socket = new WebSocket(`wss://localhost:${port}/room`, { ca: readFileSync(ca) });
		socket.on("message", data => list.push(JSON.parse(String(data)).say));
		return socket;
	});
	await Promise.all(sockets.map(socket => once(socket, "open")));
	const all = sockets.map(
		socket => new Promise(resolve => socket.on("message", data => /hello/.test(String(data)) && resolve(0)))
	);
	sockets[0]?.send("hello");
	await Promise.all(all);
	for (const list of heard) expect(list).toContain("hello");
	for (const socket of sockets) socket.terminate();
});

test("B11 Z13 example live-chart: who comes back is sent what it missed", async () => {
	const { url } = await startExample("live-chart", { interval: 20 });
	/** The ids of the first three events. */
	const take = (headers: Record<string, string>) =>
		new Promise<number[]>((resolve, reject) => {
			let text = "";
			const request = get(`${url}/values`, { ca: readFileSync(ca), headers }, response =>
				response.on("data", chunk => {
					text += chunk;
					const ids = [...text.matchAll(/^id: ?(\d+)\n/gm)].map(([, id]) => Number(id));
					if (ids.length < 3) return;
					request.destroy();
					resolve(ids.slice(0, 3));
				})
			).on("error", reject);
		});
	expect(await take({})).toEqual([1, 2, 3]);
	expect(await take({ "last-event-id": "1" })).toEqual([2, 3, 4]);
});

test("B2 Z13 example captive-portal: probes are answered in plain, all else is sent to HTTPS", async () => {
	const example = await startExample("captive-portal", { plainPort: 0 });
	const [, plain] = await example.waitForLine(/^Serving http:\/\/localhost:(\d+)/m);
	const [, port] = await example.waitForLine(/ and https:\/\/localhost:(\d+)/m);
	const status = (path: string, ...more: string[]) =>
		curl("-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", ...more, `http://localhost:${plain}${path}`);
	expect(await status("/any?x=1")).toBe(`307 https://localhost:${port}/any?x=1`);
	expect(await status("/generate_204")).toBe(`302 http://localhost:${plain}/portal`);
	expect(await status("/portal", "-X", "POST")).toBe(`303 https://localhost:${port}/`);
	expect(await status("/generate_204")).toBe("204 ");
	expect(await curl(`http://localhost:${plain}/success.txt`)).toBe("success\n");
});

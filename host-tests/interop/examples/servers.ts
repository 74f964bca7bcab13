// What clients of others see of examples that serve: curl, openssl, Node's ws.

import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "@jest/globals";
import { WebSocket } from "ws";
import { run } from "../https";
import { ca, identities, type Place } from "./example";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What curl shows on stdout. */
async function curl(...parameters: string[]): Promise<string> {
	const { status, stdout, stderr } = await run("curl", ["-sS", "--cacert", ca, ...parameters]);
	if (status !== 0) throw new Error(stderr);
	return stdout;
}

/** By what is looked at. */
export const servers: Record<string, (place: Place) => Promise<void>> = {
	async "Z13 example hello"({ start }) {
		const { url } = await start("hello");
		expect(await curl(`${url}/hello/Ada`)).toMatch(/^Hello, Ada\. You came by TLSv1\.3 with \w+\.\n$/);
	},
	async "B11 Z13 example static-site: compressed as the client likes it, kept, and asked for by its tag"({ start }) {
		const { url } = await start("static-site");
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
	},
	async "B11 Z13 example json-api: a preflight, a token, values that are checked"({ start }) {
		const example = await start("json-api", { origin: "https://app.example", token: "s3cret" });
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
	},
	async "B11 Z13 example upload: a megabyte is summed up, too much is refused before it is read"({ start }) {
		const { url } = await start("upload");
		const file = join(folder, "file.bin");
		writeFileSync(file, Buffer.alloc(1_000_000, 3));
		expect(await curl("-T", file, `${url}/files/`)).toMatch(/^1000000 bytes in \d+ ms, sum 51555$/);
		writeFileSync(file, Buffer.alloc(4_000_001));
		expect(await curl("-o", "/dev/null", "-w", "%{http_code}", "-T", file, `${url}/files/`)).toBe("413");
	},
	async "B12 Z13 example chat: what one says both hear"({ start }) {
		const { port } = await start("chat");
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
	},
	async "B11 Z13 example live-chart: who comes back is sent what it missed"({ start }) {
		const { url } = await start("live-chart", { interval: 200 });
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
	},
	async "B4 Z13 example several-names: the name decides over the certificate"({ start }) {
		const { port } = await start("several-names");
		for (const name of ["localhost", "other.local"]) {
			const to = `${name}:${port}:127.0.0.1:${port}`;
			expect(await curl("--connect-to", to, `https://${name}:${port}/`)).toBe(`You have reached ${name}\n`);
		}
	},
	async "A5 Z13 example mutual-tls: two devices meet, and a stranger is not let in"({ start }) {
		const example = await start("mutual-tls");
		await example.waitForLine(/^Server: device-2 is here\nClient: localhost says "Hello, device-2"$/m);
		const connect = ["s_client", "-connect", `localhost:${example.port}`, "-CAfile", ca, "-ign_eof"];
		const own = ["-cert", join(identities, "client.pem"), "-key", join(identities, "client.key.pem")];
		expect((await run("openssl", [...connect, ...own])).stdout).toContain("Hello, device-2");
		expect((await run("openssl", connect)).stdout).not.toContain("Hello");
		await example.waitForLine(/^Not let in from \S+: [A-Z_]+$/m);
	},
	async "Z15 Z13 example found-by-name: its name, and its certificate for that name"({ start, hasMulticast }) {
		const host = `lamp-${process.pid}`;
		const config = { host, plainPort: 0, preferences: folder, deskAddress: "127.0.2.1" };
		const { url, port, waitForLine } = await start("found-by-name", config);
		if (hasMulticast) await waitForLine(new RegExp(`^${host}\\.local is this device$`, "m"));
		const trusted = join(folder, "named-ca.crt");
		writeFileSync(trusted, (await run("curl", ["-sSk", `${url}/ca.crt`])).stdout);
		const at = ["--cacert", trusted, "--resolve", `${host}.local:${port}:127.0.0.1`, `https://${host}.local:${port}/`];
		expect((await run("curl", ["-sS", ...at])).stdout).toBe(`This is ${host}.local\n`);
		expect((await run("curl", ["-sSk", "-H", "host: evil.example", url])).stdout).toBe("421 Misdirected Request\n");
	},
	async "Z5 Z13 example own-identity: its CA is what clients need, and it is the same after a restart"({ start }) {
		const config = { preferences: join(folder, "preferences") };
		const first = await start("own-identity", config);
		const file = join(folder, "ca.crt");
		await run("curl", ["-sk", "-o", file, `${first.url}/ca.crt`]);
		const ask = async (url: string) => (await run("curl", ["-sS", "--cacert", file, `${url}/`])).stdout;
		const fingerprint = await ask(first.url);
		expect(fingerprint).toMatch(/^[0-9A-Fa-f:]{64,}\n$/);
		await first.stop();
		expect(await ask((await start("own-identity", config)).url)).toBe(fingerprint);
	},
	async "B2 Z13 example captive-portal: probes are answered in plain, all else is sent to HTTPS"({ start, at }) {
		const example = await start("captive-portal", { plainPort: 0 });
		const [, plain] = await example.waitForLine(/^Serving (http:\/\/localhost:\d+\/)/m);
		const [, home] = await example.waitForLine(/ and (https:\/\/localhost:\d+\/)/m);
		const url = `http://localhost:${at(new URL(plain as string).port || 80)}`;
		/** With ports as they are written where they are those of the scheme. */
		const status = async (path: string, ...more: string[]) => {
			const answer = await curl("-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", ...more, url + path);
			const [code, to] = answer.split(" ");
			return [Number(code), to === "" ? "" : new URL(to as string).href];
		};
		const [secure, portal] = [new URL(home as string).href, new URL("portal", plain).href];
		expect(await status("/any?x=1")).toEqual([307, `${secure}any?x=1`]);
		expect(await status("/generate_204")).toEqual([302, portal]);
		expect(await status("/portal", "-X", "POST")).toEqual([303, secure]);
		expect(await status("/generate_204")).toEqual([204, ""]);
		expect(await curl(`${url}/success.txt`)).toBe("success\n");
	}
};

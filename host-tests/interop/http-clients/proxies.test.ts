// nginx and haproxy in front: plain HTTP to them, TLS that is verified and kept to our server.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import WebSocket from "ws";
import { until } from "../../deadline";
import { startPeer } from "../client/peers";
import { freePort } from "../free-port";
import { nextMessage } from "../httpsd/websocket/site";
import { caFile } from "../identities";
import { Field } from "./steps";

const folder = mkdtempSync(join(tmpdir(), "proxy-"));
afterAll(() => rmSync(folder, { recursive: true }));

function nginx(port: number, to: number): string[] {
	const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
		name => `${name}_temp_path ${folder}/${name};`
	);
	const location = [
		"proxy_pass https://ours; proxy_http_version 1.1; proxy_set_header Host localhost;",
		"proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;",
		"proxy_set_header X-Forwarded-Host $http_host;",
		"proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $upgrade;",
		`proxy_ssl_trusted_certificate ${caFile}; proxy_ssl_verify on; proxy_ssl_name localhost; proxy_ssl_server_name on;`
	];
	const config = [
		"daemon off; master_process off; error_log stderr notice;",
		`pid ${folder}/nginx.pid;`,
		`events {} http { access_log off; ${paths.join(" ")} client_max_body_size 0;`,
		'map $http_upgrade $upgrade { default upgrade; "" ""; }',
		`upstream ours { server 127.0.0.1:${to}; keepalive 4; keepalive_timeout 1h; }`,
		`server { listen 127.0.0.1:${port}; location / { ${location.join(" ")} } } }`
	];
	writeFileSync(join(folder, "nginx.conf"), config.join("\n"));
	return ["/usr/sbin/nginx", "-c", join(folder, "nginx.conf")];
}

function haproxy(port: number, to: number): string[] {
	// Another thread's idle connections may or may not be taken.
	const config = [
		"global\n nbthread 1",
		"defaults\n mode http\n timeout connect 10s\n timeout client 60s\n timeout server 60s",
		`frontend here\n bind 127.0.0.1:${port}\n default_backend ours`,
		"backend ours\n http-reuse always\n option forwardfor\n http-request set-header X-Forwarded-Proto http",
		" http-request set-header X-Forwarded-Host %[req.hdr(Host)]\n http-request set-header Host localhost",
		` server one 127.0.0.1:${to} ssl verify required ca-file ${caFile} verifyhost localhost sni str(localhost) pool-purge-delay 1h`
	];
	writeFileSync(join(folder, "haproxy.cfg"), `${config.join("\n")}\n`);
	return ["/usr/sbin/haproxy", "-d", "-f", join(folder, "haproxy.cfg")];
}

/** The text of a response, whose status is 200. */
function ask(port: number, agent: Agent, path: string, content?: Buffer, more: object = {}): Promise<string> {
	return new Promise((resolve, reject) => {
		const method = content === undefined ? "GET" : "POST";
		const options = { port, agent, path, host: "127.0.0.1", method, ...more };
		const asked = request(options, (response: IncomingMessage) => {
			let text = "";
			response.setEncoding("latin1").on("data", chunk => {
				text += chunk;
			});
			response.on("end", () => resolve(response.statusCode === 200 ? text : `${response.statusCode} ${text}`));
		});
		asked.on("error", reject).end(content);
	});
}

describe.each(Object.entries({ nginx, haproxy }))("B11 behind %s", (_, configure) => {
	const field = new Field({ idleTimeout: 600_000 });
	const agent = new Agent({ keepAlive: true, maxSockets: 4 });
	let port = 0;
	beforeAll(async () => {
		port = await freePort();
		const [program = "", ...parameters] = configure(port, field.port);
		await startPeer(folder, program, parameters, /using the "epoll"|Using epoll/);
		await until(async () => (await ask(port, agent, "/peer").catch(() => "")) !== "", "an answer");
	});
	afterAll(() => agent.destroy());

	// A proxy opens one only when all that it has are in use: no more than clients that wait at once.
	test("B11 40 requests, four at once, go over four kept connections of the proxy", async () => {
		const peers = new Set<string>();
		for (let round = 0; round < 10; round++) {
			const texts = await Promise.all(Array.from({ length: 4 }, () => ask(port, agent, "/peer")));
			for (const text of texts) peers.add(text);
		}
		for (const text of peers) expect(text).toMatch(/^\d+$/);
		expect(peers.size).toBeLessThanOrEqual(4);
	});

	test("B11 bodies in both directions, in chunks too", async () => {
		expect((await ask(port, agent, "/bytes/1000000")).length).toBe(1_000_000);
		expect(await ask(port, agent, "/upload", Buffer.alloc(1_000_000))).toBe("1000000");
		expect(await ask(port, agent, "/pieces")).toBe("onetwo");
	});

	test("B11 it says who has asked, by which scheme and for which host; what the client has said itself counts for nothing", async () => {
		const forged = { "X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example" };
		const headers = { Host: "public.example:8080", Forwarded: "for=192.0.2.2", ...forged };
		// The client's address is not the proxy's, which is trusted.
		const who = await ask(port, agent, "/who", undefined, { headers, localAddress: "127.0.0.2" });
		expect(JSON.parse(who)).toEqual(["127.0.0.2", "http", "public.example:8080"]);
	});

	test("Z8 a WebSocket goes through it", async () => {
		const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
		await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
		const message = nextMessage(socket);
		socket.send("through");
		expect(await message).toBe("through");
		socket.close();
		await new Promise(resolve => socket.once("close", resolve));
	});
});

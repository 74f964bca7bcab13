// What the servers are put through. Each load does `count` operations, one after the other, on 127.0.0.1, with the one
// version, cipher and curve that its row names.
import { Agent, request } from "node:https";
import { connect } from "node:tls";
import WebSocket from "ws";
import { browserHead } from "./browser-head.mjs";

const base = { host: "127.0.0.1", rejectUnauthorized: false };

const ciphers = {
	"AES-128-GCM": "TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
	"ChaCha20-Poly1305": "TLS_CHACHA20_POLY1305_SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
};

/** What the client offers: nothing but what the row is about. */
export const offerOf = ({ version, cipher = "AES-128-GCM", curve }) => ({
	minVersion: version,
	maxVersion: version,
	ciphers: ciphers[cipher],
	...(curve && { ecdhCurve: curve })
});

function handshake(options) {
	return new Promise((resolve, reject) => {
		let session;
		let resumed = false;
		const socket = connect({ ...base, ...options }, () => {
			resumed = socket.isSessionReused();
			// A TLS 1.3 ticket comes after the handshake: one request makes sure that it is here.
			if (options.keepSession) socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
			// In order: who tears the connection down here takes its own Finished back, and the server has no handshake.
			else socket.end();
		});
		socket.on("session", ticket => {
			session = ticket;
		});
		socket.on("data", () => socket.destroy());
		socket.on("error", reject);
		socket.on("close", () => resolve({ session, resumed }));
	});
}

function fetch(agent, options, body) {
	return new Promise((resolve, reject) => {
		const call = request({ ...base, ...options, agent, method: body ? "POST" : "GET" }, response => {
			if (response.statusCode !== 200) reject(new Error(`the answer is ${response.statusCode}`));
			response.resume().on("end", resolve);
		});
		call.on("error", reject);
		call.end(body);
	});
}

const open = row => new Agent({ keepAlive: true, maxSockets: 1, ...offerOf({ ...row, curve: undefined }) });

async function onOneConnection(port, row, work) {
	const agent = open(row);
	await fetch(agent, { port, path: "/" });
	await work(agent);
	agent.destroy();
}

/** GETs over one connection; `head(i)` is the path and the field lines of the i-th. */
const gets = head => (port, row, count) =>
	onOneConnection(port, row, async agent => {
		for (let i = 0; i < count; i++) await fetch(agent, { port, ...head(i) });
	});

/** The requests are spread over that many connections, one at a time. */
async function onManyConnections(port, row, count, connections) {
	const agents = Array.from({ length: connections }, () => open(row));
	for (const agent of agents) await fetch(agent, { port, path: "/" });
	for (let i = 0; i < count; i++) await fetch(agents[i % connections], { port, path: "/" });
	for (const agent of agents) agent.destroy();
}

function echo(port, row, count) {
	return new Promise((resolve, reject) => {
		const socket = new WebSocket(`wss://127.0.0.1:${port}/echo`, { ...base, ...offerOf({ ...row, curve: undefined }) });
		let left = count;
		socket.on("open", () => socket.send("a message of some forty characters' length"));
		socket.on("message", data => (--left > 0 ? socket.send(data) : socket.close()));
		socket.on("error", reject);
		socket.on("close", () => (left > 0 ? reject(new Error("the server closed the WebSocket")) : resolve()));
	});
}

export const loads = {
	async full(port, row, count) {
		for (let i = 0; i < count; i++) await handshake({ port, ...offerOf(row) });
	},
	async resumed(port, row, count) {
		const options = { port, ...offerOf(row) };
		const { session } = await handshake({ ...options, keepSession: true });
		for (let i = 0; i < count; i++) {
			const { resumed } = await handshake({ ...options, session });
			if (!resumed) throw new Error("the server did not resume the session");
		}
	},
	get: gets(() => ({ path: "/" })),
	/** No head is like the one before. */
	paths: gets(i => ({ path: `/item/${i}`, headers: { "x-count": i } })),
	browser: gets(browserHead),
	file: gets(() => ({ path: "/bytes/30000" })),
	echo,
	many: (port, row, count) => onManyConnections(port, row, count, 200),
	download: (port, row, count) => onOneConnection(port, row, agent => fetch(agent, { port, path: `/bytes/${count}` })),
	upload: (port, row, count) =>
		onOneConnection(port, row, agent => fetch(agent, { port, path: "/upload" }, Buffer.alloc(count)))
};

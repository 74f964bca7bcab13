// What the servers are put through. Each load does `count` operations, one after the other, on 127.0.0.1.
import { Agent, request } from "node:https";
import { connect } from "node:tls";
import WebSocket from "ws";

const base = { host: "127.0.0.1", rejectUnauthorized: false };

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

async function onOneConnection(port, version, work) {
	const agent = new Agent({ keepAlive: true, maxSockets: 1, minVersion: version, maxVersion: version });
	await fetch(agent, { port, path: "/" });
	await work(agent);
	agent.destroy();
}

/** The requests are spread over that many connections, one at a time. */
async function onManyConnections(port, version, count, connections) {
	const agents = Array.from(
		{ length: connections },
		() => new Agent({ keepAlive: true, maxSockets: 1, minVersion: version, maxVersion: version })
	);
	for (const agent of agents) await fetch(agent, { port, path: "/" });
	for (let i = 0; i < count; i++) await fetch(agents[i % connections], { port, path: "/" });
	for (const agent of agents) agent.destroy();
}

export const loads = {
	async full(port, version, count) {
		for (let i = 0; i < count; i++) await handshake({ port, minVersion: version, maxVersion: version });
	},
	async resumed(port, version, count) {
		const options = { port, minVersion: version, maxVersion: version };
		const { session } = await handshake({ ...options, keepSession: true });
		for (let i = 0; i < count; i++) {
			const { resumed } = await handshake({ ...options, session });
			if (!resumed) throw new Error("the server did not resume the session");
		}
	},
	get: (port, version, count) =>
		onOneConnection(port, version, async agent => {
			for (let i = 0; i < count; i++) await fetch(agent, { port, path: "/" });
		}),
	/** No head is like the one before. */
	paths: (port, version, count) =>
		onOneConnection(port, version, async agent => {
			for (let i = 0; i < count; i++) await fetch(agent, { port, path: `/item/${i}`, headers: { "x-count": i } });
		}),
	file: (port, version, count) =>
		onOneConnection(port, version, async agent => {
			for (let i = 0; i < count; i++) await fetch(agent, { port, path: "/bytes/30000" });
		}),
	echo: (port, version, count) =>
		new Promise((resolve, reject) => {
			const socket = new WebSocket(`wss://127.0.0.1:${port}/echo`, {
				...base,
				minVersion: version,
				maxVersion: version
			});
			let left = count;
			socket.on("open", () => socket.send("a message of some forty characters' length"));
			socket.on("message", data => (--left > 0 ? socket.send(data) : socket.close()));
			socket.on("error", reject);
			socket.on("close", () => (left > 0 ? reject(new Error("the server closed the WebSocket")) : resolve()));
		}),
	many: (port, version, count) => onManyConnections(port, version, count, 200),
	download: (port, version, count) =>
		onOneConnection(port, version, agent => fetch(agent, { port, path: `/bytes/${count}` })),
	upload: (port, version, count) =>
		onOneConnection(port, version, agent => fetch(agent, { port, path: "/upload" }, Buffer.alloc(count)))
};

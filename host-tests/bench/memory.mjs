// What a kept HTTPS connection holds between requests, bytes, beyond what all of them share: exact, and the same on
// every run of the same build.
import { Agent, request } from "node:https";
import { offerOf } from "./loads.mjs";
import { startServer } from "./servers.mjs";

const connections = 50;

function fetchText(agent, port, path) {
	return new Promise((resolve, reject) => {
		const call = request({ host: "127.0.0.1", port, agent, path, rejectUnauthorized: false }, response => {
			let text = "";
			response.on("data", chunk => {
				text += chunk;
			});
			response.on("end", () => resolve(text));
		});
		call.on("error", reject);
		call.end();
	});
}

const open = version => new Agent({ keepAlive: true, maxSockets: 1, ...offerOf({ version }) });

/** Bytes by kind: C heap of TLS, slots and chunks of XS. */
export async function measureConnection(kind, version) {
	const server = await startServer(kind, "p256", false);
	try {
		const watcher = open(version);
		const figures = async () => JSON.parse(await fetchText(watcher, server.port, "/memory"));
		await figures();
		const before = await figures();
		const agents = Array.from({ length: connections }, () => open(version));
		for (const agent of agents) await fetchText(agent, server.port, "/");
		const after = await figures();
		for (const agent of [...agents, watcher]) agent.destroy();
		const each = name => (after[name] - before[name]) / connections;
		return { tls: each("tls"), slots: each("slots"), chunks: each("chunks") };
	} finally {
		server.end();
	}
}

// What a connection costs, from 1 of them to 200: CPU time for a request and memory of one that is idle.
//
// Both must be flat. They are read from /proc and from the server's own counts; the clients are Node's.
import { readFileSync } from "node:fs";
import { Agent, get } from "node:https";
import { caFile, startSite } from "./site.mjs";

const counts = [1, 10, 50, 100, 200];
const rounds = 3;
/** CPU time is noisy where the machine is shared, and the clock counts 10 ms. */
const mostCpu = 1.3;
const mostMemory = 1.1;

function visit(agent, port) {
	return new Promise((resolve, reject) => {
		const request = get({ host: "127.0.0.1", servername: "localhost", port, agent }, response => {
			response.resume().on("end", resolve);
		});
		request.on("error", reject);
	});
}

/** `count` connections, open and kept; each has been used once. */
async function open(port, count) {
	const ca = readFileSync(caFile);
	const agents = Array.from({ length: count }, () => new Agent({ keepAlive: true, maxSockets: 1, ca }));
	for (const agent of agents) await visit(agent, port);
	return {
		/** `total` requests, one after the other on each connection, all connections at once. */
		async use(total) {
			const each = async agent => {
				for (let left = total / count; left > 0; left--) await visit(agent, port);
			};
			await Promise.all(agents.map(each));
		},
		/** `total` requests on one of them, while all others are idle. */
		async useOne(total) {
			for (let left = total; left > 0; left--) await visit(agents[0], port);
		},
		close() {
			for (const agent of agents) agent.destroy();
		}
	};
}

const bytesOf = ({ chunks, slots, allocated }) => chunks + slots + allocated;

/** The least of several rounds, for whatever else the machine does only adds to it. */
async function cpuOf(site, total, work) {
	let least = Number.POSITIVE_INFINITY;
	for (let round = 0; round < rounds; round++) {
		const before = site.cpu();
		await work(total);
		least = Math.min(least, (site.cpu() - before) / total);
	}
	return least;
}

/** The costs with `count` connections, on a server that has served nobody else. */
async function measure(count, total) {
	const site = await startSite({ maxConnections: 256 });
	try {
		const warmUp = await open(site.port, 1);
		await warmUp.use(200);
		warmUp.close();
		const before = bytesOf(await site.memory());
		const resident = site.resident();
		const clients = await open(site.port, count);
		const perConnection = bytes => bytes / count;
		const memory = perConnection(bytesOf(await site.memory()) - before);
		const rss = perConnection(site.resident() - resident);
		const all = await cpuOf(site, total, clients.use);
		const one = await cpuOf(site, total, clients.useOne);
		clients.close();
		return { count, memory, rss, all, one };
	} finally {
		await site.stop();
	}
}

const ratioOf = (value, base) => (base > 0 ? value / base : 1);

export default async function* judgeConnections({ short }) {
	let first;
	for (const count of short ? [1, 40] : counts) {
		const cost = await measure(count, short ? 40 : 4_000);
		first ??= cost;
		const heap = `${cost.memory.toFixed(0)} bytes of heap`;
		yield {
			what: `${count} connections`,
			measured: short
				? heap
				: `${heap}, ${(cost.rss / 1024).toFixed(0)} kB RSS, CPU ${cost.all.toFixed(0)} (all) ${cost.one.toFixed(0)} (one) us`,
			condition: short
				? `heap at most ${mostMemory} times`
				: `heap ${mostMemory} times, CPU ${mostCpu} times that of one`,
			passed:
				ratioOf(cost.memory, first.memory) <= mostMemory &&
				(short || (ratioOf(cost.all, first.all) <= mostCpu && ratioOf(cost.one, first.one) <= mostCpu))
		};
	}
}

// slowhttptest: hundreds of clients that hold on to their connections, while a good one goes on being served.
//
// All attackers have one address, the good client another, as on a network; `maxPerAddress` is what keeps them apart.
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { stripVTControlCharacters } from "node:util";
import { run } from "./command.mjs";
import { caFile, startSite } from "./site.mjs";

const attacks = [
	{ what: "slow headers", path: "/", options: ["-H", "-i", "3"] },
	{ what: "slow body", path: "/upload", options: ["-B", "-i", "3", "-s", "8192"] },
	{
		what: "slow read",
		path: "/bytes/200000",
		options: ["-X", "-w", "10", "-y", "20", "-n", "3", "-z", "32", "-k", "3"]
	},
	{ what: "range", path: "/files/text.txt", options: ["-R", "-a", "10", "-b", "3000"] }
];
const places = { maxConnections: 8, maxPerAddress: 4 };
/** Ends of an attack that took place: all of it, or until the server had closed every connection. */
const wholeAttack = ["Hit test time limit", "No open connections left"];
/** Milliseconds between requests of the good client, and its patience. */
const pause = 100;
const patience = 10_000;

/** One request on a connection of its own: how long it took in milliseconds; rejects unless it is answered with 200. */
function visit(url, ca) {
	const started = Date.now();
	return new Promise((resolve, reject) => {
		const request = get(url, { ca, agent: false, localAddress: "127.0.0.2" }, response => {
			response.resume().on("end", () => {
				if (response.statusCode === 200) resolve(Date.now() - started);
				else reject(new Error(`status ${response.statusCode}`));
			});
		});
		request.on("error", reject).setTimeout(patience, () => request.destroy(new Error("no answer")));
	});
}

async function visitWhile(attack, url) {
	const ca = readFileSync(caFile);
	const times = [];
	let failures = 0;
	let over = false;
	const report = attack.finally(() => {
		over = true;
	});
	while (!over) {
		await visit(url, ca).then(
			time => times.push(time),
			() => failures++
		);
		await new Promise(done => setTimeout(done, pause));
	}
	return { times, failures, report: await report };
}

/** How the attack ended, in the tool's words. It reports each five seconds, so a short one has no counts. */
function endOf(output) {
	return /Exit status: *(.*)/.exec(stripVTControlCharacters(output))?.[1] ?? "no report";
}

async function judgeAttack({ what, path, options }, connections, seconds) {
	const site = await startSite(places);
	try {
		const load = ["-c", connections, "-r", connections / 2, "-l", seconds, "-u", site.secure + path].map(String);
		const attack = run("slowhttptest", [...options, ...load], seconds + 30);
		const { times, failures, report } = await visitWhile(attack, `https://127.0.0.1:${site.port}/`);
		const end = endOf(report.output);
		return {
			what: `${what}, ${connections} clients`,
			measured: `${times.length} answered, ${failures} not, worst ${Math.max(...times)} ms; ${end}`,
			condition: "the good client is always answered",
			passed: times.length > 0 && failures === 0 && wholeAttack.includes(end)
		};
	} finally {
		await site.stop();
	}
}

export default async function* judgeSlowClients({ short }) {
	const [connections, seconds] = short ? [50, 6] : [200, 20];
	yield* await Promise.all(attacks.map(attack => judgeAttack(attack, connections, seconds)));
}

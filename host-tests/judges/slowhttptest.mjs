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
/** Milliseconds between requests of the good client. */
const pause = 100;
/** Its patience: milliseconds, or so many times what a server that nobody attacks took just before. */
const leastPatience = 10_000;
const patienceTimes = 100;
/** Milliseconds that it waits for that one. */
const patience = 600_000;
/** Times as long as from that server an answer may take, in the middle. */
const most = 10;

/** One request on a connection of its own: how long it took in milliseconds; rejects unless it is answered with 200. */
function visit({ port }, ca, patience) {
	const started = performance.now();
	return new Promise((resolve, reject) => {
		const options = { host: "127.0.0.1", port, servername: "localhost", ca, agent: false, localAddress: "127.0.0.2" };
		const request = get(options, response => {
			response.resume().on("end", () => {
				if (response.statusCode === 200) resolve(performance.now() - started);
				else reject(new Error(`status ${response.statusCode}`));
			});
		});
		request.on("error", reject).setTimeout(patience, () => request.destroy(new Error("no answer")));
	});
}

/** The good client's times while the attack lasts, each beside that on the server that nobody attacks. */
async function visitWhile(attack, site, untouched) {
	const ca = readFileSync(caFile);
	const [times, others] = [[], []];
	let failures = 0;
	let over = false;
	const report = attack.finally(() => {
		over = true;
	});
	while (!over) {
		const other = await visit(untouched, ca, patience);
		others.push(other);
		await visit(site, ca, Math.max(leastPatience, patienceTimes * other)).then(
			time => times.push(time),
			() => failures++
		);
		await new Promise(done => setTimeout(done, pause));
	}
	return { times, others, failures, report: await report };
}

/** How the attack ended, in the tool's words. It reports each five seconds, so a short one has no counts. */
function endOf(output) {
	return /Exit status: *(.*)/.exec(stripVTControlCharacters(output))?.[1] ?? "no report";
}

const middle = times => times.toSorted((one, two) => one - two)[times.length >> 1];

async function judgeAttack({ what, path, options }, untouched, connections, seconds) {
	const site = await startSite(places);
	try {
		const load = ["-c", connections, "-r", connections / 2, "-l", seconds, "-u", site.secure + path].map(String);
		const attack = run("slowhttptest", [...options, ...load], seconds + 30);
		const { times, others, failures, report } = await visitWhile(attack, site, untouched);
		const [here, there] = [middle(times), middle(others)];
		const end = endOf(report.output);
		return {
			what: `${what}, ${connections} clients`,
			measured: `${times.length} answered, ${failures} not, ${here?.toFixed(0)} ms beside ${there.toFixed(0)}; ${end}`,
			condition: `always answered, ${most} times as late at most`,
			passed: times.length > 0 && failures === 0 && here <= most * there && wholeAttack.includes(end)
		};
	} finally {
		await site.stop();
	}
}

export default async function* judgeSlowClients({ short }) {
	const [connections, seconds] = short ? [50, 6] : [200, 20];
	const untouched = await startSite(places);
	try {
		yield* await Promise.all(attacks.map(attack => judgeAttack(attack, untouched, connections, seconds)));
	} finally {
		await untouched.stop();
	}
}

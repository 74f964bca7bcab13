// `make siege`: the worst clients in random mixtures, against servers in a device's memory.
//
// run.mjs [--seconds 60] [--seed N] [--platform esp32c3] [--only TLS,"HTTP post"] [--site demo] [--set memory=14336] [--served PORTS] [--bad CLIENTS]
// --served: the firmware of host-tests/device/site, or the site that is named, serves there already and goes on afterwards. Of ports such as 8443-8474
// each connection takes the next. --bad: how many bad clients there are at once, three for each place if it is not said.

import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { placesOf } from "../modules.cjs";
import { featureAttacks } from "./feature-attacks.mjs";
import { fetchOnce, keepVisiting } from "./good-client.mjs";
import { handshakeAttacks } from "./handshake-attacks.mjs";
import { heldAttacks } from "./held-attacks.mjs";
import { served, start } from "./host.mjs";
import { httpAttacks } from "./http-attacks.mjs";
import { dice } from "./random.mjs";
import { recordAttacks } from "./record-attacks.mjs";
import { printFigures, printVisits, Tally } from "./report.mjs";
import { reviewedAttacks } from "./reviewed-attacks.mjs";
import { chip, sitesOf } from "./sites.mjs";
import { websocketAttacks } from "./websocket-attacks.mjs";

const { values: options } = parseArgs({
	options: {
		seconds: { type: "string", default: "60" },
		seed: { type: "string", default: String(Date.now() % 1_000_000) },
		platform: { type: "string", default: "esp32c3" },
		only: { type: "string", default: "" },
		site: { type: "string", default: "" },
		// Limits of the test program, see memory-site.ts.
		set: { type: "string", multiple: true, default: [] },
		served: { type: "string" },
		bad: { type: "string" }
	}
});
const seed = Number(options.seed);
const given = Object.fromEntries(options.set.map(each => each.split("=")));
const places = Number(given.maxConnections ?? placesOf(options.platform));
const sites = sitesOf(options.platform);
const named = (group, attacks) => Object.entries(attacks).map(([name, act]) => ({ name: `${group} ${name}`, act }));
const attacks = [
	...(sites[0].isPlain ? [] : named("TLS", { ...handshakeAttacks, ...recordAttacks })),
	...named("HTTP", httpAttacks),
	...named("WebSocket", websocketAttacks),
	...named("Reviewed", reviewedAttacks),
	...named("Held", heldAttacks),
	...named("Feature", featureAttacks)
].filter(({ name }) => options.only.split(",").some(start => name.startsWith(start)));

/** Bad clients at once: more than there are places. */
const most = Number(options.bad ?? 3 * placesOf(options.platform));
const tally = new Tally(attacks);
const failures = [];
let number = 0;
/** Attacks; those of a server that has ended stay. */
const underWay = new Set();

/** One attack after the other; the n-th of a seed is always the same. */
async function attackOn(host, site, isOver) {
	while (!isOver()) {
		const luck = dice(seed * 65_537 + number++);
		const { name, act } = luck.pick(attacks.filter(each => site.features || !each.name.startsWith("Feature")));
		const attack = { host, places, site, dice: luck, sockets: new Set() };
		tally.begin(name);
		underWay.add(name);
		let ended = "left";
		try {
			ended = await Promise.race([act(attack), whenOver(isOver)]);
		} catch (error) {
			ended = error.code ?? error.message;
		}
		for (const socket of attack.sockets) socket.resetAndDestroy();
		tally.end(name, ended);
		if (host.status === undefined) underWay.delete(name);
	}
}

async function whenOver(isOver) {
	while (!isOver()) await sleep(200);
	return "over";
}

async function besiege(host, control, site, milliseconds) {
	const end = Date.now() + milliseconds;
	const isOver = () => Date.now() > end || host.status !== undefined;
	const [visits] = await Promise.all([
		keepVisiting(host, control, isOver).catch(error => ({ error })),
		...Array.from({ length: most }, () => attackOn(host, site, isOver))
	]);
	printVisits(site, visits, failures);
}

/** By how many bytes each figure may differ at rest. */
const tolerance = 2048;
const growthOf = (name, before, after) => after[name] - before[name];
const grown = (before, after) => ["slots", "chunks", "heap"].filter(name => growthOf(name, before, after) > tolerance);

/** Bytes of C heap by which PSA's table of keys grows, and does not shrink: a leak of as much would grow again. */
const keyTable = 2884;
const mayGrowOnce = (before, after) =>
	grown(before, after).join() === "heap" && growthOf("heap", before, after) <= tolerance + keyTable;

/** Milliseconds between looks at those who are still leaving. lwIP remembers connections that have ended for two minutes. */
const pause = options.served === undefined ? 500 : 3000;

/**
 * What the server holds when nobody else is there: those who are still leaving have time for it, and may keep it from answering;
 * so have handlers that go on without them.
 */
async function measure(host, first, before) {
	let figures;
	let refused;
	for (let round = 0; round < 60; round++) {
		await sleep(pause);
		try {
			figures = JSON.parse(await fetchOnce(host, "/figures"));
		} catch (error) {
			refused = error;
			continue;
		}
		// A chip does not say how much there is.
		if (figures.free !== undefined) figures.heap = -figures.free;
		const isQuiet = figures.places === 1 && (first === undefined || figures.used === first.used);
		if (isQuiet && (before === undefined || grown(before, figures).length === 0)) break;
	}
	if (figures === undefined) throw refused;
	return figures;
}

/** @param first before anything has happened; what is charged then is for the request that asks */
function compare(first, before, after) {
	printFigures(before, after);
	if (after.boot !== first.boot) failures.push("the device has restarted");
	if (after.places !== 1) failures.push(`${after.places - 1} connections are left`);
	if (after.used !== first.used)
		failures.push(`${after.used} bytes are charged, which were ${first.used} at the start`);
	for (const name of grown(before, after))
		failures.push(`${name}: ${growthOf(name, before, after)} bytes more than after the part before`);
	if (after.stack > after.stackSize * 0.8)
		failures.push(`XS's stack was ${after.stack} of ${after.stackSize} bytes deep`);
}

async function campaign(site, milliseconds) {
	const { platform } = options;
	const config = options.set.flatMap(each => ["--config", each]);
	const [host, control] =
		options.served !== undefined
			? [served(site, options.served)]
			: await Promise.all([0, 1].map(() => start(platform, site, ...config)));
	try {
		if (site.hasFigures) {
			if (site === chip) await fetchOnce(host, "/routes");
			const first = await measure(host);
			await besiege(host, control, site, milliseconds / 3);
			let before = await measure(host, first);
			await besiege(host, control, site, (milliseconds * 2) / 3);
			let after = await measure(host, first, before);
			if (mayGrowOnce(before, after)) {
				before = after;
				await besiege(host, control, site, (milliseconds * 2) / 3);
				after = await measure(host, first, before);
			}
			compare(first, before, after);
		} else await besiege(host, control, site, milliseconds);
	} catch (error) {
		failures.push(`${site.name}: ${error.message}`);
	}
	const statuses = [await host.stop(), (await control?.stop()) ?? 0];
	if (statuses.some(status => status !== 0))
		failures.push(`${site.name} ended with ${statuses[0]} under ${[...underWay].join(", ")}:\n${host.output}`);
	underWay.clear();
}

const besieged = options.served === undefined || options.site !== "" ? sites : [chip];
console.log(
	`siege: ${options.served === undefined ? options.platform : `port ${options.served}`}, ${options.seconds} s, seed ${seed}, ${most} bad clients at once`
);
for (const site of besieged.filter(({ name }) => name.includes(options.site)))
	await campaign(site, options.seconds * 1000 * site.share);
tally.print();
for (const failure of failures) console.log(`FAIL ${failure}`);
console.log(failures.length > 0 ? `\n${failures.length} failed; again: SEED=${seed}` : "\nall held");
process.exit(failures.length > 0 ? 1 : 0);

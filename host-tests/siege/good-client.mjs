// A client as it should be, which is served whatever others do.
import { request as requestPlain } from "node:http";
import { request as requestTLS } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds that one try may take. */
const patience = 8000;
/**
 * Milliseconds for which it tries. Not a number of tries: a device whose queue is full refuses at once, and a busy place changes hands after
 * 2.5 s. `report.mjs` says how long a visit may take.
 */
const longestTry = 20_000;
/** How many times as long as a visit to a server that nobody disturbs it may take beside: that is slow where the machine is busy. */
export const busyTimes = 10;
/** Milliseconds between two visits. */
const pause = 250;

/** One request over a connection of its own; rejects without a 200. @param more milliseconds that it may take beside `patience` */
export function fetchOnce({ way, site }, path = "/", more = 0) {
	const request = site.isPlain ? requestPlain : requestTLS;
	return new Promise((resolve, reject) => {
		const options = { ...way(), path, host: "127.0.0.1", agent: false, rejectUnauthorized: false };
		const asking = request({ ...options, signal: AbortSignal.timeout(Math.round(patience + more)) }, response => {
			let text = "";
			response.on("data", bytes => (text += bytes)).on("error", reject);
			response.on("end", () =>
				response.statusCode === 200 ? resolve(text) : reject(new Error(`status ${response.statusCode}`))
			);
		});
		asking.on("error", reject).end();
	});
}

/**
 * Tries until it is served, or all is over; milliseconds from the first try, why others were in vain, and whether it was served.
 * @param more milliseconds that it may take more on a machine that is busy just now
 */
export async function visit(host, isOver = () => false, more = 0) {
	const started = performance.now();
	const vain = [];
	for (;;) {
		try {
			await fetchOnce(host, "/", more);
			return { took: performance.now() - started, vain, isServed: true };
		} catch (error) {
			vain.push(error.message);
			if (isOver()) return { took: performance.now() - started, vain, isServed: false };
			await sleep(100);
			if (performance.now() - started > longestTry + (host.site.askingAgain ?? 0) + more) throw error;
		}
	}
}

/** Visits both in turn until `isOver`; there may be no `control`. */
export async function keepVisiting(host, control, isOver) {
	const visits = { measured: [], beside: [], vain: [], atOnce: 0 };
	while (!isOver()) {
		if (control !== undefined) visits.beside.push((await visit(control)).took);
		const seen = await visit(host, isOver, busyTimes * (visits.beside.at(-1) ?? 0));
		// One that has waited until the end counts by how long that was.
		visits.measured.push(seen.took);
		visits.vain.push(...seen.vain);
		if (seen.vain.length === 0) visits.atOnce++;
		await sleep(pause);
	}
	return visits;
}

// autocannon: more clients must not be served more slowly in all than one is alone.
//
// The published collapse of a peer is 30 requests/s with one client and 0.6 with three. Rates are compared within one
// round, for the machine may be shared, and the best of several rounds counts.
import autocannon from "autocannon";
import { startSite } from "./site.mjs";

const rounds = 5;

async function drive(url, connections, duration) {
	const { requests, errors, timeouts, non2xx, mismatches } = await autocannon({
		url,
		connections,
		duration,
		timeout: 60
	});
	return { rate: requests.total / duration, errors: errors + timeouts + non2xx + mismatches };
}

async function compare(url, clients, least, duration) {
	let best = { ratio: 0, errors: 0, one: 0, many: 0 };
	for (let round = 0; round < rounds && best.ratio < least; round++) {
		const one = await drive(url, 1, duration);
		const many = await drive(url, clients, duration);
		const errors = best.errors + one.errors + many.errors;
		// A machine that is so busy that one client had no answer yet says nothing.
		const ratio = one.rate > 0 ? many.rate / one.rate : 0;
		best = ratio > best.ratio ? { ratio, errors, one: one.rate, many: many.rate } : { ...best, errors };
	}
	return best;
}

async function* judgeClients({ clients, limits, least, duration }) {
	const site = await startSite(limits);
	try {
		for (const count of clients) {
			const { ratio, one, many, errors } = await compare(`${site.secure}/`, count, least, duration);
			yield {
				what: `${count} clients, ${limits.maxConnections ?? "default"} places`,
				measured: `${many.toFixed(0)} requests/s beside ${one.toFixed(0)}, ${errors} errors`,
				condition: `at least ${least} times one client, no errors`,
				passed: ratio >= least && errors === 0
			};
		}
	} finally {
		await site.stop();
	}
}

export default async function* judgeAutocannon({ short }) {
	const least = short ? 0.5 : 1;
	const duration = short ? 1 : 3;
	yield* judgeClients({ clients: [3, 6], limits: {}, least, duration });
	yield* judgeClients({ clients: short ? [20] : [10, 20], limits: { maxConnections: 32 }, least, duration });
	// More clients than places take turns of `busyKeepAlive`; only what is longer than some of them shows what they cost.
	if (!short) yield* judgeClients({ clients: [10, 20], limits: {}, least, duration: 2 * duration });
}

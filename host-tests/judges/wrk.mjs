// wrk: all connections ask as fast as they are answered.
import { run } from "./command.mjs";
import { startSite } from "./site.mjs";

const connections = 32;

function readReport({ output }) {
	const number = pattern => Number(pattern.exec(output)?.[1] ?? 0);
	const sockets = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output);
	return {
		requests: number(/(\d+) requests in/),
		rate: number(/Requests\/sec:\s+([\d.]+)/),
		errors: (sockets ?? []).slice(1).reduce((sum, count) => sum + Number(count), 0),
		refused: number(/Non-2xx or 3xx responses: (\d+)/)
	};
}

/**
 * Drives `url` for some seconds, and for longer where a busy machine has no answer by then: requests, requests a second,
 * socket errors and responses that were not 2xx or 3xx.
 */
export async function wrk(url, count, seconds) {
	const parameters = ["-t", "1", "-c", count, "-d", `${seconds}s`, "--timeout", "60s", url].map(String);
	const report = readReport(await run("wrk", parameters, seconds + 60));
	return report.requests > 0 || seconds > 20 ? report : wrk(url, count, 2 * seconds);
}

export default async function* judgeWrk({ short }) {
	const site = await startSite({ maxConnections: 2 * connections });
	try {
		for (const transport of ["secure", "plain"])
			for (const path of ["/", "/bytes/30000"]) {
				const { requests, rate, errors, refused } = await wrk(site[transport] + path, connections, short ? 1 : 5);
				yield {
					what: `${connections} clients, ${transport}, ${path}`,
					measured: `${rate.toFixed(0)} requests/s, ${errors + refused} errors`,
					condition: "no errors",
					passed: requests > 0 && errors + refused === 0
				};
			}
	} finally {
		await site.stop();
	}
}

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

/** Drives `url` for some seconds: requests, requests a second, socket errors and responses that were not 2xx or 3xx. */
export async function wrk(url, count, seconds) {
	return readReport(await run("wrk", ["-t", "1", "-c", String(count), "-d", `${seconds}s`, url], seconds + 30));
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

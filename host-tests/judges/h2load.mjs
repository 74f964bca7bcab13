// h2load in its HTTP/1.1 mode: a fixed number of requests, with pipelining too, each of which must be answered.
import { run } from "./command.mjs";
import { startSite } from "./site.mjs";

function readReport({ output }) {
	const [, succeeded, failed, errored, timedOut] =
		/(\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout/.exec(output)?.map(Number) ?? [];
	return { succeeded, lost: failed + errored + timedOut, rate: Number(/([\d.]+) req\/s/.exec(output)?.[1]) };
}

async function h2load(url, requests, clients, pipelined) {
	const parameters = ["--h1", "-n", requests, "-c", clients, "-m", pipelined, url];
	return readReport(await run("h2load", parameters.map(String), 120));
}

export default async function* judgeH2load({ short }) {
	const site = await startSite({ maxConnections: 32 });
	const requests = short ? 400 : 10_000;
	try {
		for (const transport of ["secure", "plain"])
			for (const pipelined of [1, 8]) {
				const { succeeded, lost, rate } = await h2load(`${site[transport]}/`, requests, 16, pipelined);
				yield {
					what: `16 clients, ${transport}, ${pipelined} at once`,
					measured: `${rate?.toFixed(0)} requests/s, ${succeeded} answered, ${lost} not`,
					condition: `all ${requests} answered`,
					passed: succeeded === requests && lost === 0
				};
			}
	} finally {
		await site.stop();
	}
}

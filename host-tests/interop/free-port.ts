// Ports for programs that must be told one.

import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Outside of those that a system gives to whoever asks for any, so that nobody else is given it before the program listens. */
const [first, last] = [10_100, 16_000];
/** Workers of jest, each of which has some for itself. */
const most = 16;
const share = Math.floor((last - first) / most);
const begin = first + share * (Number(process.env.JEST_WORKER_ID ?? 0) % most);
let next = randomInt(share);

const isFree = (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const probe = createServer().on("error", () => resolve(false));
		probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
	});

/** A port that nobody listens on, another one at each call. */
export async function freePort(): Promise<number> {
	for (let tries = 0; tries < share; tries++) {
		const port = begin + (next++ % share);
		if (await isFree(port)) return port;
	}
	throw new Error(`No port from ${begin} on is free`);
}

// How many connections a server really has room for beside applications of several sizes, and what those leave of XS's block.
import { setTimeout as sleep } from "node:timers/promises";
import { connect } from "node:tls";

/** Milliseconds for which a handler of host-tests/programs/httpsd/memory-site goes on: who is answered sooner than twice that was let in at once. */
const pause = 1000;
const clients = 6;

/** Clients whose handlers wait; how many were under way at once. */
async function countPlaces(port) {
	const started = performance.now();
	const asking = Array.from({ length: clients }, () => {
		const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
		const answered = new Promise(done => socket.once("data", () => done(performance.now())).once("close", done));
		socket.on("error", () => {}).on("secureConnect", () => socket.write("GET /patient?a HTTP/1.1\r\nHost: a\r\n\r\n"));
		return answered.finally(() => socket.destroy());
	});
	const first = await Promise.race(asking);
	const times = await Promise.all(asking);
	return times.filter(time => time > started && time < first + pause / 2).length;
}

/** What it printed once it listened; `null` when it has ended before. */
async function whenListening(program) {
	while (program.child.exitCode === null) {
		const printed = /^listening on (\d+)\nat rest (.*)\n/m.exec(program.output);
		if (printed !== null) return printed;
		await sleep(50);
	}
	return null;
}

/** @param start starts a program with these parameters. @returns whether it has begun to listen */
async function printFor(kilobytes, start, print) {
	const program = start([
		...["--resource", "build/identity", "--config", `kilobytes=${kilobytes}`],
		"build/js/host-tests/programs/httpsd/memory-site.js"
	]);
	try {
		const printed = await whenListening(program);
		if (printed === null) return false;
		print(`${kilobytes} kB`, [JSON.parse(printed[2]).block.free, await countPlaces(Number(printed[1]))]);
		return true;
	} finally {
		program.child.kill();
		await program.ended;
	}
}

/** Prints it for more and more kB of an application's own text, until there is no room for one connection. */
export async function printPlaces(start, print) {
	console.log();
	print("memory-site, and beside", ["XS free", "places"]);
	for (let kilobytes = 1; await printFor(kilobytes, start, print); kilobytes++);
}

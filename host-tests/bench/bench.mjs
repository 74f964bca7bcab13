// `make bench`: ours beside a C server on the same mbedTLS (instructions) and Node's https (CPU time), and what a
// connection holds: three tables.
// `make bench BENCH=handshake` measures the rows whose name has that in it, and BENCH=memory only the bytes.
//
// Instructions are counted by cachegrind and are the same on every run of the same build. CPU time is a hint: the
// machine may be shared, so only its ratio means something, and each server is timed twice, in turn.
import { loads } from "./loads.mjs";
import { measureConnection } from "./memory.mjs";
import { counted, timed } from "./rows.mjs";
import { startServer } from "./servers.mjs";

const patience = 120_000;
const wanted = process.argv[2] ?? "";
const isWanted = ({ what, version }) => `${what} ${version}`.includes(wanted);

function within(milliseconds, work) {
	let deadline;
	const late = new Promise((_, reject) => {
		deadline = setTimeout(() => reject(new Error(`not done in ${milliseconds / 1000} s`)), milliseconds);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(deadline));
}

async function countInstructions(kind, { load, version, identity, curve }, amount) {
	const server = await startServer(kind, identity, true);
	try {
		await within(patience, loads[load](server.port, version, amount, curve));
	} finally {
		server.end();
	}
	return server.instructions();
}

/** Instructions of one operation. */
async function priceOf(kind, row) {
	const [few, many] = row.amounts;
	const low = await countInstructions(kind, row, few);
	return ((await countInstructions(kind, row, many)) - low) / (many - few);
}

/** CPU microseconds of one operation. */
async function timeOf(kind, { load, version, identity, curve, amounts: [warmUp, amount], unit = 1 }) {
	const server = await startServer(kind, identity, false);
	try {
		await within(patience, loads[load](server.port, version, warmUp, curve));
		const before = server.cpu();
		await within(patience, loads[load](server.port, version, amount - warmUp, curve));
		return ((server.cpu() - before) / (amount - warmUp)) * 1000 * unit;
	} finally {
		server.end();
	}
}

const format = number =>
	number >= 1e6
		? `${(number / 1e6).toFixed(2)} M`
		: number >= 1e3
			? `${(number / 1e3).toFixed(1)} k`
			: number.toFixed(1);
const print = (...cells) =>
	console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(32) : cell.padStart(14))).join(""));
const verdict = (ratio, goal) => (goal === undefined ? "" : `${ratio <= goal ? "met" : "NOT MET"} (${goal})`);

const keyOf = ({ load, identity, curve, version }) => `${load} ${identity} ${curve} ${version}`;

/** Beside the C server on mbedTLS's own curve code. */
async function printCurves(prices) {
	const rows = counted.filter(row => isWanted(row) && row.curveGoal !== undefined);
	if (rows.length === 0) return;
	console.log("\nInstructions for one handshake, beside mbedTLS's own curve code\n");
	print("", "TLS", "C server", "ours", "ratio", "goal");
	for (const row of rows) {
		const [own, ours] = [await priceOf("cOwnCurves", row), prices.get(keyOf(row))];
		const ratio = ours / own;
		print(row.what, row.version.slice(4), format(own), format(ours), ratio.toFixed(3), verdict(ratio, row.curveGoal));
	}
}

/** How many times dearer a full handshake is than a resumed one (row A4): as counted, and on the words of a device. */
async function printSavings(prices) {
	const rows = counted.filter(row => row.load === "resumed" && prices.has(keyOf({ ...row, load: "full" })));
	if (rows.length > 0) console.log("\nOurs, full handshake / resumed handshake\n");
	for (const row of rows) {
		const full = { ...row, load: "full" };
		const savings = [
			["64-bit", prices.get(keyOf(full)) / prices.get(keyOf(row))],
			["32-bit", (await priceOf("xs32", full)) / (await priceOf("xs32", row))]
		];
		for (const [build, saving] of savings)
			print(
				`${row.identity}, ${build}`,
				row.version.slice(4),
				`${saving.toFixed(1)} x`,
				saving >= row.saving ? `met (${row.saving})` : `NOT MET (${row.saving})`
			);
	}
}

async function count() {
	const prices = new Map();
	console.log("Instructions for one operation\n");
	print("", "TLS", "C server", "ours", "ratio", "goal");
	for (const row of counted.filter(isWanted)) {
		const [c, ours] = [await priceOf("c", row), await priceOf("xs", row)];
		prices.set(keyOf(row), ours);
		print(row.what, row.version.slice(4), format(c), format(ours), (ours / c).toFixed(3), verdict(ours / c, row.goal));
	}
	await printSavings(prices);
	await printCurves(prices);
}

async function time() {
	console.log("\nCPU microseconds for one operation\n");
	print("", "TLS", "Node", "ours", "ours / Node", "goal");
	for (const row of timed.filter(isWanted)) {
		const times = { node: 0, xs: 0 };
		for (const kind of ["node", "xs", "xs", "node"]) times[kind] += (await timeOf(kind, row)) / 2;
		const ratio = times.xs / times.node;
		print(
			row.what,
			row.version.slice(4),
			times.node.toFixed(1),
			times.xs.toFixed(1),
			ratio.toFixed(2),
			verdict(ratio, row.goal)
		);
	}
}

async function weigh() {
	console.log("\nBytes that an idle, kept HTTPS connection holds\n");
	print("", "TLS", "C heap", "XS slots", "XS chunks");
	for (const [what, kind] of [
		["32-bit, as on a device", "xs32"],
		["64-bit", "xs"]
	])
		for (const version of ["TLSv1.3", "TLSv1.2"]) {
			const { tls, slots, chunks } = await measureConnection(kind, version);
			print(what, version.slice(4), ...[tls, slots, chunks].map(bytes => bytes.toFixed(0)));
		}
}

await count();
await time();
if (wanted === "" || wanted === "memory") await weigh();

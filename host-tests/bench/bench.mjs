// `make bench`: one table, ours beside a C server on the same mbedTLS (instructions) and Node's https (CPU time).
//
// Instructions are counted by cachegrind for two amounts of the same work; the difference is the price of the work
// alone, without start-up. CPU time is a hint: the machine may be shared, so only its ratio means something.
import { loads } from "./loads.mjs";
import { startServer } from "./servers.mjs";

const handshakes = [4, 12];
const requests = [20, 120];
const bytes = [100_000, 600_000];

const rows = [
	...["TLSv1.3", "TLSv1.2"].flatMap(version =>
		["p256", "rsa2048"].map(identity => ({
			what: `full handshake, ${identity}`,
			load: "full",
			version,
			identity,
			amounts: handshakes
		}))
	),
	...["TLSv1.3", "TLSv1.2"].flatMap(version => [
		{ what: "resumed handshake, p256", load: "resumed", version, identity: "p256", amounts: handshakes },
		{ what: "keep-alive GET, 5 bytes", load: "get", version, identity: "p256", amounts: requests },
		{ what: "download, a byte", load: "download", version, identity: "p256", amounts: bytes },
		{ what: "upload, a byte", load: "upload", version, identity: "p256", amounts: bytes }
	])
];

const timed = [
	{ what: "full handshake, p256", load: "full", version: "TLSv1.3", identity: "p256", amounts: [20, 320] },
	{ what: "keep-alive GET, 5 bytes", load: "get", version: "TLSv1.3", identity: "p256", amounts: [500, 8_500] }
];

const patience = 60_000;

function within(milliseconds, work) {
	let deadline;
	const late = new Promise((_, reject) => {
		deadline = setTimeout(() => reject(new Error(`not done in ${milliseconds / 1000} s`)), milliseconds);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(deadline));
}

async function countInstructions(kind, { load, version, identity }, amount) {
	const server = await startServer(kind, identity, true);
	try {
		await within(patience, loads[load](server.port, version, amount));
	} catch (error) {
		await server.stop();
		return { reason: error.message };
	}
	return { instructions: await server.stop() };
}

async function priceOf(kind, row) {
	const [few, many] = row.amounts;
	const low = await countInstructions(kind, row, few);
	if (low.reason) return low;
	const high = await countInstructions(kind, row, many);
	return { price: (high.instructions - low.instructions) / (many - few) };
}

async function timeOf(kind, { load, version, identity, amounts: [warmUp, amount] }) {
	const server = await startServer(kind, identity, false);
	await loads[load](server.port, version, warmUp);
	const before = server.cpu();
	await loads[load](server.port, version, amount - warmUp);
	const spent = server.cpu() - before;
	await server.stop();
	return (spent / (amount - warmUp)) * 1000;
}

const format = number =>
	number >= 1e6
		? `${(number / 1e6).toFixed(2)} M`
		: number >= 1e3
			? `${(number / 1e3).toFixed(1)} k`
			: number.toFixed(1);
const print = (...cells) =>
	console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(28) : cell.padStart(12))).join(""));

console.log("Instructions for one operation, by cachegrind\n");
print("", "TLS", "C server", "ours", "ratio");
for (const row of rows) {
	const c = await priceOf("c", row);
	const ours = await priceOf("xs", row);
	const cell = ({ price, reason }) => (reason ? "none" : format(price));
	print(
		row.what,
		row.version.slice(4),
		cell(c),
		cell(ours),
		c.price && ours.price ? (ours.price / c.price).toFixed(3) : "-"
	);
	if (ours.reason) console.log(`    ours: ${ours.reason}`);
}

console.log("\nCPU time for one operation, microseconds (a hint; the ratio counts)\n");
print("", "TLS", "Node", "C server", "ours", "ours / Node");
for (const row of timed) {
	const [node, c, ours] = [await timeOf("node", row), await timeOf("c", row), await timeOf("xs", row)];
	print(row.what, row.version.slice(4), ...[node, c, ours].map(time => time.toFixed(0)), (ours / node).toFixed(2));
}

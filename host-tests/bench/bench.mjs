// `make bench`: what an operation and a connection cost, ours beside a C server on the same mbedTLS and Node's https.
// `make bench BENCH=handshake` measures the rows whose name has that in it; BENCH=memory measures one table, and so
// does each other name of `tables`.
//
// The machine may be shared, so of CPU time only the ratio means something, and each server is timed twice, in turn.
import { readFileSync } from "node:fs";
import { countOne, timeOne } from "./measure.mjs";
import { measureConnection } from "./memory.mjs";
import { counted, forms, timed, withChaCha20 } from "./rows.mjs";
import { way32 } from "./servers.mjs";
import { finish, format, printTable, verdict } from "./table.mjs";

const asked = process.argv[2] ?? "";
const isWanted = ({ what, version }) => Object.hasOwn(tables, asked) || `${what} ${version}`.includes(asked);
const short = version => version.slice(4);

const prices = new Map();

/** Of our server. */
async function priceOf(row, kind = "xs") {
	const key = `${kind} ${row.load} ${row.identity} ${row.curve} ${row.version} ${row.cipher}`;
	if (!prices.has(key)) prices.set(key, await countOne(kind, row));
	return prices.get(key);
}

async function* besideC(c, row, goal) {
	yield short(row.version);
	const theirs = await countOne(c, row);
	yield format(theirs);
	const ours = await priceOf(row);
	yield format(ours);
	yield (ours / theirs).toFixed(3);
	yield verdict(ours / theirs, goal);
}

const columns = [
	["TLS", 4],
	["C server", 11],
	["ours", 11],
	["ratio", 8],
	["goal", 14]
];

const hasAES = /^(flags|Features)\s*:.*\baes\b/m.test(readFileSync("/proc/cpuinfo", "utf8"));
const aes = `AES-128-GCM${hasAES ? " by the processor's own instructions, which no device has" : " in software"}`;

const printCounted = () =>
	printTable(
		`Instructions for one operation, ${aes}`,
		columns,
		counted.filter(isWanted).map(row => [row.what, () => besideC("c", row, row.goal)])
	);

const printChaCha20 = () =>
	printTable(
		"The same with ChaCha20-Poly1305",
		columns,
		withChaCha20.filter(isWanted).map(row => [row.what, () => besideC("c", row)])
	);

const printCurves = () =>
	printTable(
		"Instructions for one handshake, beside mbedTLS's own curve code",
		columns,
		counted
			.filter(row => isWanted(row) && row.curveGoal !== undefined)
			.map(row => [row.what, () => besideC("cOwnCurves", row, row.curveGoal)])
	);

/** As a device has it, and as the peers were measured. */
const print32Bits = () =>
	printTable(
		"Instructions for one operation, ours on the 32-bit build (i386)",
		[
			["TLS", 4],
			["AES in software", 16],
			["by instructions", 16]
		],
		counted.filter(isWanted).map(row => [
			row.what,
			async function* cells() {
				yield short(row.version);
				for (const kind of ["xs32", "xs32AES"]) yield format(await priceOf(row, kind));
			}
		])
	);

/** Those that a device's memory is enough for, all at once. */
const smallLoads = ["get", "paths", "browser"];

/** What is in flash, and the size of the heap, make a difference. */
const printForms = () =>
	printTable(
		"Instructions for one operation, ours on the 32-bit build, AES-128-GCM in software: modules run at start; " +
			"preloaded; preloaded, with the memory and the limits of an ESP32-C3; preloaded, with ChaCha20-Poly1305",
		[
			["TLS", 4],
			["at start", 11],
			["preloaded", 11],
			["a C3's", 11],
			["ChaCha20", 11]
		],
		forms.filter(isWanted).map(row => [
			row.what,
			async function* cells() {
				yield short(row.version);
				for (const kind of ["xs32AtStart", "xs32"]) yield format(await priceOf(row, kind));
				yield smallLoads.includes(row.load) ? format(await priceOf(row, "xs32Device")) : "-";
				yield format(await priceOf({ ...row, cipher: "ChaCha20-Poly1305" }, "xs32"));
			}
		])
	);

async function* savingOf({ saving, version }, full, resumed) {
	yield short(version);
	const ratio = (await full()) / (await resumed());
	yield `${ratio.toFixed(1)} x`;
	yield ratio >= saving ? `met (${saving})` : `NOT MET (${saving})`;
}

/** How many times dearer a full handshake is than a resumed one (row A4): as counted, and on the words of a device. */
const printSavings = () =>
	printTable(
		"Ours, full handshake / resumed handshake",
		[
			["TLS", 4],
			["ratio", 11],
			["goal", 14]
		],
		counted
			.filter(row => isWanted(row) && row.load === "resumed")
			.flatMap(row => {
				const full = { ...row, load: "full" };
				return [
					[
						`${row.identity}, 64-bit`,
						() =>
							savingOf(
								row,
								() => priceOf(full),
								() => priceOf(row)
							)
					],
					[
						`${row.identity}, 32-bit`,
						() =>
							savingOf(
								row,
								() => priceOf(full, "xs32"),
								() => priceOf(row, "xs32")
							)
					]
				];
			})
	);

async function* besideNode(row) {
	yield short(row.version);
	const times = { node: 0, xs: 0 };
	for (const kind of ["node", "xs", "xs", "node"]) times[kind] += (await timeOne(kind, row)) / 2;
	yield times.node.toFixed(1);
	yield times.xs.toFixed(1);
	yield (times.xs / times.node).toFixed(2);
	yield verdict(times.xs / times.node, row.goal);
}

const printTimed = () =>
	printTable(
		`CPU microseconds for one operation, ${aes}`,
		[["TLS", 4], ["Node", 11], ...columns.slice(2)],
		timed.filter(isWanted).map(row => [row.what, () => besideNode(row)])
	);

async function* bytesOf(kind, version) {
	yield short(version);
	const { tls, slots, chunks } = await measureConnection(kind, version);
	for (const bytes of [tls, slots, chunks]) yield bytes.toFixed(0);
}

const builds = [
	["32-bit, as on a device", "xs32"],
	["64-bit", "xs"]
];

const printMemory = () =>
	printTable(
		"Bytes that an idle, kept HTTPS connection holds",
		[
			["TLS", 4],
			["C heap", 11],
			["XS slots", 11],
			["XS chunks", 11]
		],
		builds.flatMap(([what, kind]) => ["TLSv1.3", "TLSv1.2"].map(version => [what, () => bytesOf(kind, version)]))
	);

const tables = {
	counted: printCounted,
	chacha20: printChaCha20,
	curves: printCurves,
	i386: print32Bits,
	forms: printForms,
	savings: printSavings,
	cpu: printTimed,
	memory: printMemory
};

console.log(
	`32-bit programs run ${way32 === "directly" ? "directly, counted by valgrind" : `in ${way32}, counted by its plugin`}\n`
);

const chosen = Object.hasOwn(tables, asked) ? [asked] : Object.keys(tables).filter(name => !asked || name !== "memory");
for (const name of chosen) await tables[name]();
finish();

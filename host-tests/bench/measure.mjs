// What an operation takes of a server: instructions, which are the same on every run of the same build, and CPU time,
// which is a hint only.
import { loads } from "./loads.mjs";
import { startServer } from "./servers.mjs";

const patience = 600_000;

function within(milliseconds, work) {
	let deadline;
	const late = new Promise((_, reject) => {
		deadline = setTimeout(() => reject(new Error(`not done in ${milliseconds / 1000} s`)), milliseconds);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(deadline));
}

const put = (server, row, amount) => within(patience, loads[row.load](server.port, row, amount));

async function run(kind, row, amount, isCounted) {
	const server = await startServer(kind, row.identity, isCounted);
	try {
		await put(server, row, amount);
	} finally {
		server.end();
	}
	return server;
}

const countInstructions = async (kind, row, amount) => (await run(kind, row, amount, true)).instructions();

const kinds = ["bytecodes", "lookups"];

/** What the profiling desk tells at its end, by kind and name: two numbers. */
async function profile(row, amount) {
	const output = await (await run("profile", row, amount, false)).output();
	const found = Object.fromEntries(kinds.map(kind => [kind, new Map()]));
	for (const [, kind, name, ...numbers] of output.matchAll(/^(bytecodes|lookups): (\S*) (\d+) (\d+)$/gm)) {
		const before = found[kind].get(name) ?? [0, 0];
		found[kind].set(
			name,
			numbers.map((number, at) => before[at] + Number(number))
		);
	}
	return found;
}

/**
 * Of one operation: byte codes and calls by function; of properties by name, past how many others they were looked up, and how
 * often. Each is [name, number, number], the most first.
 */
export async function profileOne(row) {
	const [few, many] = row.amounts;
	const low = await profile(row, few);
	const high = await profile(row, many);
	const each = kind =>
		[...high[kind]]
			.map(([name, numbers]) => {
				const before = low[kind].get(name) ?? [0, 0];
				return [name, ...numbers.map((number, at) => (number - before[at]) / (many - few))];
			})
			.filter(([, , count]) => count > 0)
			.sort(([, a], [, b]) => b - a);
	return { functions: each("bytecodes"), properties: each("lookups") };
}

/** Instructions of one operation: the difference between two amounts of it, so start-up and connection are not in it. */
export async function countOne(kind, row) {
	const [few, many] = row.amounts;
	const low = await countInstructions(kind, row, few);
	return ((await countInstructions(kind, row, many)) - low) / (many - few);
}

/** CPU microseconds of one operation. */
export async function timeOne(kind, row) {
	const [warmUp, amount] = row.amounts;
	const server = await startServer(kind, row.identity, false);
	try {
		await put(server, row, warmUp);
		const before = server.cpu();
		await put(server, row, amount - warmUp);
		return ((server.cpu() - before) / (amount - warmUp)) * 1000 * (row.unit ?? 1);
	} finally {
		server.end();
	}
}

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

async function countInstructions(kind, row, amount) {
	const server = await startServer(kind, row.identity, true);
	try {
		await put(server, row, amount);
	} finally {
		server.end();
	}
	return server.instructions();
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

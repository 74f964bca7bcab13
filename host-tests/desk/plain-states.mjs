// What a server without TLS takes of the memory of a device that has no room for TLS, step by step and in each state of its one connection: bytes.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two looks at what has been printed, and for a state to be reached. */
const look = 20;
const patience = 30_000;

const head = (line, ...fields) => [`${line} HTTP/1.1`, "Host: localhost", ...fields, "", ""].join("\r\n");

/** What a client sends, and what shows that its state is reached: an answer, or what the handler prints. */
const states = [
	["open, silent", ""],
	["in a head", "GET / HTTP/1.1\r\nHost: localhost\r\n"],
	["idle, after a GET", head("GET /"), { answer: "hello" }],
	["in a GET", head("GET /never"), { printed: "waiting\n" }],
	["an event stream", head("GET /events"), { answer: "data: x" }],
	[
		"a WebSocket",
		head(
			"GET /ws",
			"Connection: Upgrade",
			"Upgrade: websocket",
			"Sec-WebSocket-Version: 13",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
		),
		{ answer: "\r\n\r\n" }
	]
];

async function until(program, what, condition) {
	const end = performance.now() + patience;
	for (;;) {
		const found = condition();
		if (found !== undefined && found !== false) return found;
		if (program.child.exitCode !== null) throw new Error(`${what}: the program has ended`);
		if (performance.now() > end) throw new Error(`${what}: not reached`);
		await sleep(look);
	}
}

const figuresOf = (output, step) =>
	[...output.matchAll(new RegExp(`^${step}: (\\[.*\\])$`, "gm"))].map(([, figures]) => JSON.parse(figures));

/** What is printed three times in a row from here on, beside so many connections. */
function settled(program, what, peers) {
	const from = program.output.length;
	return until(program, what, () => {
		const last = figuresOf(program.output.slice(from), "now").slice(-3);
		const isStill = last.length === 3 && last.every(each => `${each}` === `${last[0]}`);
		return isStill && last[0].at(-1) === peers ? last[0] : undefined;
	});
}

async function reach(program, port, [state, text, { answer, printed } = {}]) {
	const from = program.output.length;
	const socket = connect(port, "127.0.0.1");
	let received = "";
	socket.on("data", data => {
		received += data.toString("latin1");
	});
	socket.on("error", () => {});
	if (text !== "") socket.write(text);
	await until(
		program,
		state,
		() => received.includes(answer ?? "") && program.output.slice(from).includes(printed ?? "")
	);
	return socket;
}

/** Prints what the steps take, and what a connection in each state holds that no connection does not. */
export async function printPlainStates(program, print) {
	const [, port] = await until(program, "a port", () => /^Serving .*:(\d+)$/m.exec(program.output) ?? undefined);
	for (const step of ["before main.ts", "with four routes", "server started"])
		print(step, figuresOf(program.output, step)[0].slice(0, 6));
	// What is made once, at the first request, is no connection's.
	(await reach(program, Number(port), states[2])).destroy();
	print("after a first request", (await settled(program, "rest", 0)).slice(0, 6));
	console.log();
	print("a connection, in all", [
		"XS free",
		"slots",
		"chunks",
		"XS stack",
		"C free",
		"C lowest",
		"+ slots",
		"+ chunks",
		"+ C heap",
		"charged"
	]);
	for (const state of states) {
		const before = await settled(program, "rest", 0);
		const socket = await reach(program, Number(port), state);
		const now = await settled(program, state[0], 1);
		const more = [now[1] - before[1], now[2] - before[2], before[4] - now[4], now[6] - before[6]];
		print(state[0], [...now.slice(0, 6), ...more]);
		socket.destroy();
	}
	await settled(program, "rest", 0);
}

// What a connection holds in each of its states, of XS's block, of the C heap, and by the budget's account: bytes.
import { connect } from "node:tls";

/** Connections at once, of which the average is told. Beside more than one, a further request with content may have to wait for room in XS. */
const count = 1;
const settled = 300;

const head = (line, ...fields) => [`${line} HTTP/1.1`, "Host: localhost", ...fields, "", ""].join("\r\n");
const post = (path, type = "text/plain") =>
	`${head(`POST ${path}`, `Content-Type: ${type}`, "Content-Length: 100")}--b\r\n`;
const chunked = path => head(`POST ${path}`, "Transfer-Encoding: chunked") + "1\r\nx\r\n".repeat(100);
const form = "application/x-www-form-urlencoded";

/** What a client sends behind its first request, and after which it is left as it is. */
const states = [
	["idle, after a GET", ""],
	["in a GET", head("GET /never")],
	["content that nobody reads", post("/unread")],
	["in text()", post("/text")],
	["the same, 100 chunks", chunked("/text")],
	["in json()", post("/json")],
	["in form()", post("/form", form)],
	["in for await (… of body)", post("/stream")],
	["in fields()", post("/fields", form)],
	["in parts()", post("/parts", "multipart/form-data; boundary=b")],
	["an event stream", head("GET /events")],
	[
		"a WebSocket",
		head(
			"GET /ws",
			"Connection: Upgrade",
			"Upgrade: websocket",
			"Sec-WebSocket-Version: 13",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
		)
	]
];

const pause = ms => new Promise(done => setTimeout(done, ms));

function open(port, patience) {
	return new Promise((done, failed) => {
		const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] });
		socket.setTimeout(patience, () => failed(new Error("No answer")));
		socket.on("error", failed);
		socket.on("secureConnect", () => done(socket));
	});
}

/** The content of the answer, all of it; rejects where there is none, or another than 200. */
function ask(socket, text) {
	return new Promise((done, failed) => {
		const [line] = text.split("\r\n");
		let answer = "";
		const end = () => failed(new Error(`${line}: the connection has ended`));
		const take = data => {
			answer += data.toString("latin1");
			const [, head, content] = /^(.*?)\r\n\r\n(.*)$/s.exec(answer) ?? [];
			if (head === undefined || content.length < Number(/^content-length: (\d+)/im.exec(head)?.[1])) return;
			socket.off("data", take).off("close", end);
			if (head.startsWith("HTTP/1.1 200 ")) done(content);
			else failed(new Error(`${line}: ${head.split("\r\n")[0]}`));
		};
		if (socket.destroyed) end();
		socket.on("data", take).on("close", end);
		socket.write(text);
	});
}

/**
 * Prints, for each state, what a connection in it holds that another in no state does not.
 * @param patience milliseconds for which an answer is waited for
 */
export async function printStates(port, print, patience = 5000) {
	print("a connection", ["slots", "chunks", "C heap", "charged"]);
	const watcher = await open(port, patience);
	const figures = async () => {
		await ask(watcher, head("GET /figures"));
		return JSON.parse(await ask(watcher, head("GET /figures")));
	};
	const openAll = async text => {
		const sockets = [];
		for (let index = 0; index < count; index++) {
			const socket = await open(port, patience);
			sockets.push(socket);
			await ask(socket, head("GET /"));
			if (text !== "") socket.write(text);
		}
		await pause(settled);
		return sockets;
	};
	// What is made once, at the first connections, is no connection's.
	for (const socket of await openAll("")) socket.destroy();
	await pause(settled);
	for (const [state, text] of states) {
		const before = await figures();
		const sockets = await openAll(text);
		const after = await figures();
		print(
			state,
			after.map((figure, index) => Math.round((figure - before[index]) / count))
		);
		for (const socket of sockets) socket.destroy();
		await pause(settled);
	}
	await printClasses(port, watcher, patience);
	watcher.destroy();
}

/** What the slots of an idle connection are: the objects of each class, and their slots. */
async function printClasses(port, watcher, patience) {
	const figures = async () => {
		await ask(watcher, head("GET /census"));
		return JSON.parse(await ask(watcher, head("GET /census")));
	};
	const before = await figures();
	const sockets = [];
	for (let index = 0; index < count; index++) {
		sockets.push(await open(port, patience));
		await ask(sockets[index], head("GET /"));
	}
	await pause(settled);
	console.log("\nan idle connection       objects    slots");
	for (const [name, after] of Object.entries(await figures())) {
		const each = after.map((figure, index) => (figure - (before[name]?.[index] ?? 0)) / count);
		if (each[1] >= 1) console.log(name.padEnd(24), each.map(figure => figure.toFixed(0).padStart(8)).join(" "));
	}
	for (const socket of sockets) socket.destroy();
	await pause(settled);
}

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import { check, equal, listen, promise, run, sleep, take, throws } from "./harness";

const address = "127.0.0.1";

function clientOf(listener, callbacks = {}) {
	return new TCP({ address, port: listener.port, ...callbacks });
}

check("port 0 gives a port, and a port in use throws with its number", async () => {
	const listener = listen(() => {});
	if (!(listener.port > 0)) throw new Error(`the port is ${listener.port}`);
	const error = throws(() => new Listener({ address, port: listener.port }), Error, "a second listener");
	equal(
		error.message,
		`Port ${listener.port} is in use: choose another one, or end the program that has it`,
		"the message"
	);
	const { port } = listener;
	listener.close();
	listener.close();
	throws(() => listener.read(), Error, "reading a closed listener");
	new Listener({ address, port }).close();
});

check("connections wait until they are read; onReadable counts all of them", async () => {
	let last = 0;
	const listener = new Listener({ address, port: 0, onReadable: count => (last = count) });
	const clients = [1, 2, 3].map(() => clientOf(listener));
	while (last < 3) await sleep(1);
	equal(listener.format, "socket/tcp", "the format");
	const sockets = [listener.read(), listener.read(), listener.read()];
	for (const socket of sockets) if (!(socket instanceof TCP)) throw new Error(`${socket} is no TCP`);
	equal(listener.read(), undefined, "a fourth read");
	for (const socket of [...clients, ...sockets]) socket.close();
	listener.close();
});

check("one connection at a time, though more wait, gives them all", async () => {
	let served = 0;
	const listener = new Listener({
		address,
		port: 0,
		onReadable(count) {
			for (; count; count--, served++) this.read().close();
		}
	});
	const clients = [];
	for (let i = 0; i < 20; i++) clients.push(clientOf(listener));
	while (served < 20) await sleep(1);
	for (const client of clients) client.close();
	listener.close();
});

check(
	"connections that are read later than they are told of, one for each that was told, are all told of",
	async () => {
		let told = 0;
		const listener = new Listener({ address, port: 0, onReadable: count => (told = count) });
		const clients = [];
		for (let i = 0; i < 6; i++) clients.push(clientOf(listener));
		for (let served = 0; served < 6; ) {
			await sleep(5);
			for (; told > 0; told--, served++) listener.read().close();
		}
		for (const client of clients) client.close();
		listener.close();
	}
);

check("close() with connections that wait ends them", async () => {
	const waiting = promise();
	const listener = new Listener({ address, port: 0, onReadable: waiting.resolve });
	const end = promise();
	clientOf(listener, {
		onError() {
			this.close();
			end.resolve();
		}
	});
	await waiting.done;
	listener.close();
	await end.done;
});

check("close() of itself in onReadable is safe", async () => {
	const closed = promise();
	const listener = new Listener({
		address,
		port: 0,
		onReadable() {
			const socket = this.read();
			this.close();
			closed.resolve(socket);
		}
	});
	const client = clientOf(listener);
	const socket = await closed.done;
	await take(socket).writable;
	client.close();
	socket.close();
});

check("options that make no sense throw", async () => {
	throws(() => new Listener(), TypeError, "no options");
	throws(() => new Listener({ port: 65536 }), RangeError, "a port that is too large");
	throws(() => new Listener({ port: "x" }), RangeError, "a port that is a word");
	throws(() => new Listener({ address: "localhost", port: 0 }), Error, "a host name");
	throws(() => new Listener({ address, port: 0, format: "buffer" }), RangeError, "another format");
	throws(() => new Listener({ address, port: 0, onReadable: "x" }), TypeError, "a callback that is a string");
});

run();

// Connections of bad clients: TCP, TLS, and TLS whose bytes go through hands that cut, slow or break them off.
import { connect } from "node:net";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTLS } from "node:tls";

/** Milliseconds after which a bad client is tired of it. */
export const tired = 6000;

/** TCP of an attack, from the address that it wants; it is reset when the attack is over. */
export function tcp({ host, sockets, localAddress }) {
	const socket = connect({ ...host.way(), host: "127.0.0.1", noDelay: true, localAddress });
	sockets.add(socket);
	socket.on("error", () => {}).on("close", () => sockets.delete(socket));
	return socket;
}

export const closed = socket =>
	socket.destroyed ? Promise.resolve() : new Promise(resolve => void socket.once("close", resolve));

/** A way to the server for TLS. `send` does what it likes with the client's bytes. */
function handsOn(attack, send) {
	const socket = tcp(attack);
	const duplex = new Duplex({
		read() {},
		write: (bytes, _, done) => void send(socket, bytes).then(() => done(), done),
		destroy(error, done) {
			socket.destroy();
			done(error);
		}
	});
	socket.on("data", bytes => duplex.push(bytes)).on("close", () => duplex.destroy());
	return duplex;
}

/** TLS, or TCP alone where the site has no TLS. */
function begin(attack, send) {
	const way = send === undefined ? tcp(attack) : handsOn(attack, send);
	if (attack.site.isPlain) return [way, "connect"];
	const maxVersion = attack.dice.pick(["TLSv1.2", "TLSv1.3"]);
	return [connectTLS({ socket: way, rejectUnauthorized: false, maxVersion }), "secureConnect"];
}

/** A connection to the site, `undefined` when none comes about. */
export async function tls(attack, send) {
	const [socket, ready] = begin(attack, send);
	socket.text = "";
	socket.on("error", () => {});
	const open = new Promise(resolve => {
		socket.once(ready, () => resolve(socket)).once("close", () => resolve(undefined));
	});
	const connected = await Promise.race([open, sleep(tired, undefined, { ref: false })]);
	if (connected === undefined) socket.destroy();
	socket.on("data", bytes => {
		socket.text = (socket.text + bytes.toString("latin1")).slice(0, 4096);
	});
	return connected;
}

/** Writes, waiting for room; ends early when the connection does. */
export async function write(socket, bytes) {
	if (socket.destroyed || socket.write(bytes, "latin1")) return;
	await Promise.race([
		new Promise(resolve => void socket.once("drain", resolve)),
		closed(socket),
		sleep(tired, undefined, { ref: false })
	]);
}

/** What the server has said so far: a status, or how it ended. */
export const outcome = socket =>
	/^HTTP\/1\.1 (\d+)/.exec(socket.text)?.[1] ?? (socket.destroyed ? "closed" : "silence");

/** Waits for an answer and gives its status. */
export async function answer(socket) {
	for (let waited = 0; waited < tired && !socket.destroyed && !socket.text.includes("\r\n\r\n"); waited += 50)
		await sleep(50);
	return outcome(socket);
}

import { connect, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { connect as connectTLS } from "node:tls";
import { afterEach, expect, test } from "@jest/globals";
import { type HttpsServer, startServer } from "../https";

let server: HttpsServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

/** Sends pieces, one after the other, then the end of TCP. */
function sendSlowly(socket: Socket): void {
	let left = 12;
	const send = () => (left-- > 0 ? socket.write(Buffer.alloc(1000)) : socket.end());
	const timer = setInterval(send, 20);
	socket.on("close", () => clearInterval(timer));
}

interface End {
	received: string;
	failure: string | undefined;
}

/** A client that begins so, and goes on sending. */
function begin(port: number, hex: string): Promise<End> {
	return new Promise(resolve => {
		const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		const chunks: Buffer[] = [];
		let failure: string | undefined;
		socket.on("connect", () => {
			socket.write(Buffer.from(hex, "hex"));
			sendSlowly(socket);
		});
		socket.on("data", chunk => chunks.push(chunk));
		socket.on("error", error => {
			failure = (error as { code?: string }).code;
		});
		socket.on("close", () => resolve({ received: Buffer.concat(chunks).toString("hex"), failure }));
	});
}

/** A client whose connection is open, and that then sends what is no record of its keys; what its TLS has received. */
function damage(port: number): Promise<End> {
	return new Promise(resolve => {
		const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		const below = new Duplex({ read: () => undefined, write: (bytes, _, done) => socket.write(bytes, done) });
		const client = connectTLS({ socket: below, rejectUnauthorized: false });
		const end: End = { received: "", failure: undefined };
		client.on("secureConnect", () => {
			socket.write(Buffer.concat([Buffer.from("1703030020", "hex"), Buffer.alloc(32)]));
			sendSlowly(socket);
		});
		client.on("error", error => {
			end.received = error.message;
		});
		socket.on("data", bytes => below.push(bytes));
		socket.on("error", error => {
			end.failure = (error as { code?: string }).code;
		});
		socket.on("close", () => resolve(end));
	});
}

test("A1 B15 a client that is still sending what is too long is told so, and is not reset", async () => {
	server = await startServer({});
	// record_overflow
	expect(await begin(server.port, "160301300001002ffc")).toEqual({
		received: "15030300020216",
		failure: undefined
	});
	await server.waitForLine(/RECORD_OVERFLOW: .*sent alert record_overflow/);
});

test("B15 so is one whose ClientHello is malformed", async () => {
	server = await startServer({});
	// decode_error
	expect(await begin(server.port, "16030100080100000400000000")).toEqual({
		received: "15030300020232",
		failure: undefined
	});
	await server.waitForLine(/DECODE_ERROR: .*sent alert decode_error/);
});

test("B15 so is one that sends a damaged record over an open connection", async () => {
	server = await startServer({});
	expect(await damage(server.port)).toEqual({
		received: expect.stringContaining("bad record mac"),
		failure: undefined
	});
});

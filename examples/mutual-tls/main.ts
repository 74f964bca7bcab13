// Two devices that know each other by their certificates: one serves and lets nobody in whom the CA has not vouched for, the other
// connects, proves who it is, and checks whom it has reached. On the desk both are in one program.
//
// `serve` is what a device with config.role "server" does, `connect` one with "client", config.peer, the name in the other's certificate,
// config.address and config.port. The SDK's TCP takes addresses; for names TLSSocket has `dns`.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";
import TLSContext from "tls/context";
import type TLSError from "tls/error";
import TLSListener from "tls/listener";
import TLSSocket from "tls/socket";

const load = (name: string) =>
	new TLSContext({
		ca: new Resource("ca.pem"),
		cert: new Resource(`${name}.pem`),
		key: new Resource(`${name}.key.pem`),
		requestCert: true
	});

function serve(): number {
	const listener = new TLSListener({
		port: config.port,
		secure: load("server"),
		onReadable() {
			const from = this.read();
			if (from !== undefined) new TLSSocket({ from, onWritable: answer, onReadable: readAll, onError: closeAfter });
		},
		// Who has no certificate, or another CA's, never becomes a connection.
		onError: (error, address) => trace(`Not let in from ${address}: ${error.code}\n`)
	});
	return listener.port;
}

function connect(peer: string, address: string, port: number): void {
	new TLSSocket({
		host: peer,
		address,
		port,
		TCP: { io: TCP },
		secure: load("client"),
		onReadable(count) {
			const [text, server] = [String.fromArrayBuffer(this.read(count) as ArrayBuffer), subjectOf(this)];
			trace(`Client: ${server} says "${text}"\n`);
			this.close();
		},
		onError: error => trace(`Client: ${(error as TLSError | undefined)?.code ?? "closed"}\n`)
	});
}

const subjectOf = (socket: TLSSocket) => socket.tls?.peerCertificate?.subject?.CN ?? "nobody";

function answer(this: TLSSocket): void {
	trace(`Server: ${subjectOf(this)} is here\n`);
	this.write(ArrayBuffer.fromString(`Hello, ${subjectOf(this)}`));
	this.end();
}
function readAll(this: TLSSocket, count: number): void {
	this.read(count);
}
function closeAfter(this: TLSSocket): void {
	this.close();
}

const role = config.role ?? "both";
const port = role === "client" ? Number(config.port) : serve();
if (role !== "client") trace(`Serving tls://localhost:${port}\n`);
if (role !== "server") connect(String(config.peer ?? "localhost"), String(config.address ?? "127.0.0.1"), port);

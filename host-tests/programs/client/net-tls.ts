// net.TLS for the interop tests, as a client of config.port or, without one, as a server. It prints what it sees.

import Resource from "Resource";
import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";
import TLSCertStore from "tls/cert-store";
import TLSContext from "tls/context";
import TLS from "tls/tls";
import { verifyHostname } from "tls/verify-hostname";
import type { ListenerConstructor, ListenerIO, Socket } from "../../../modules/io";

const names = ["FAIL", "OK", "WAIT_READ", "WAIT_WRITE"];
const nameOf = (status: number): string => names.find(name => TLS[name as "OK"] === status) ?? "?";
const store = new TLSCertStore({ ca: new Resource(String(config.ca ?? "ca.pem")) });
let received = 0;
let hasRoom = false;

function tellPeer(tls: TLS): void {
	const certificate = tls.getPeerCertificate();
	if (certificate === undefined) return;
	const chain = tls.getPeerCertChain();
	const { ok, code, depth } = tls.verifyCertificate(store, certificate, chain);
	const named = verifyHostname(certificate, String(config.host ?? "localhost"));
	trace(`peer ${chain.length} ${ok} ${code} ${depth} ${named}\n${chain.join("")}`);
}

function watch(tls: TLS): void {
	tls.onStatus = status => {
		trace(`status ${nameOf(status)} ${tls.error?.code ?? ""}\n`);
		if (status === TLS.FAIL) trace(`end after ${received}\n`);
		if (status === TLS.FAIL) return;
		tellPeer(tls);
		if (config.send !== undefined) trace(`sent ${tls.send(new ArrayBuffer(Number(config.send)))}\n`);
		if (config.closeAtOnce === true) trace(`closed, lost ${tls.close()}\n`);
	};
	tls.sendWait = data => trace(`sendWait ${data} ${nameOf(tls.getStatus())} ${tls.getBufferUnsent() > 0}\n`);
	tls.onWritable = () => {
		if (tls.getBufferUnsent() === 0) return;
		if (!hasRoom) trace(`room, and ${nameOf(tls.getStatus())}\n`);
		hasRoom = true;
		tls.sendBuffer();
		if (tls.getBufferUnsent() === 0) trace(`all sent ${nameOf(tls.getStatus())}\n`);
	};
	tls.onReadable = () => {
		const bytes = tls.recv();
		received += bytes?.byteLength ?? 0;
		if (config.echo === true && bytes !== undefined) tls.send(bytes);
		if (config.closeAfter !== undefined && received >= Number(config.closeAfter)) {
			trace(`closed, lost ${tls.close()}, ${nameOf(tls.getStatus())}\n`);
			listener?.close();
		}
	};
	tls.setNonBlocking("the data");
}

function load(name: string | undefined): TLSContext {
	const rejectUnauthorized = config.rejectUnauthorized !== false;
	const ca = new Resource(String(config.ca ?? "ca.pem"));
	if (name === undefined) return new TLSContext({ ca, rejectUnauthorized });
	return new TLSContext({ cert: new Resource(`${name}.pem`), key: new Resource(`${name}.key.pem`), ca });
}

function serve(): ListenerIO {
	const context = load(String(config.cert));
	const Listening = Listener as unknown as ListenerConstructor;
	const server: ListenerIO = new Listening({
		port: 0,
		address: "127.0.0.1",
		onReadable() {
			const tls = new TLS(context);
			watch(tls);
			const status = tls.accept(server.read() as Socket);
			trace(`accept ${nameOf(status)} ${tls.getSocket()?.remoteAddress}\n`);
		}
	});
	return server;
}

function connect(): void {
	const tls = new TLS(load(undefined));
	watch(tls);
	let isConnected = false;
	const socket = new TCP({
		address: "127.0.0.1",
		port: Number(config.port),
		onWritable() {
			if (isConnected) return;
			isConnected = true;
			const servername = config.servername === undefined ? undefined : String(config.servername);
			trace(`connect ${nameOf(tls.connect(socket as unknown as Socket, servername))}\n`);
		}
	});
}

const listener = config.port === undefined ? serve() : undefined;
if (listener === undefined) connect();
else trace(`listening on ${listener.port}\n`);

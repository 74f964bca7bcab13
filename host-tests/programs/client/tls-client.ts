// A TLS client for the interop tests: what it connects to and with comes from mc/config. It prints what came of it.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";
import { keepKey } from "psa-keys";
import type { TLSContextOptions, TLSVersion } from "tls/context";
import type TLSError from "tls/error";
import TLSSocket from "tls/socket";

const list = (value: unknown): string[] => (value === undefined || value === "" ? [] : String(value).split(","));

function makeOptions(): TLSContextOptions {
	const options: TLSContextOptions = {
		ca: list(config.ca).map(name => new Resource(name)),
		pinnedPublicKeys: list(config.pins),
		ALPNProtocols: list(config.alpn),
		rejectUnauthorized: config.rejectUnauthorized !== false,
		checkServerIdentity: config.checkServerIdentity !== false
	};
	if (config.bundle !== undefined) {
		const bundle = new Resource(String(config.bundle));
		options.caBundle = config.form === "buffer" ? bundle.slice(0) : bundle;
	}
	if (config.cert !== undefined) {
		options.cert = new Resource(`${config.cert}.pem`);
		const key = new Resource(`${config.cert}.key.pem`);
		options.key = config.opaque === true ? { psaKeyId: keepKey(key) } : key;
	}
	if (config.psk !== undefined)
		options.psk = { identity: String(config.pskIdentity ?? "me"), key: String(config.psk), allowShortKey: true };
	if (config.ciphers !== undefined) options.ciphers = list(config.ciphers);
	if (config.receiveSize !== undefined) options.receiveSize = Number(config.receiveSize);
	if (config.validity !== undefined) options.validity = config.validity as "enforce" | "defer";
	if (config.clockFloor !== undefined) options.clockFloor = Number(config.clockFloor);
	if (config.version !== undefined) {
		options.minVersion = config.version as TLSVersion;
		options.maxVersion = config.version as TLSVersion;
	}
	return options;
}

function describe({ tls }: TLSSocket): object {
	const certificate = tls?.peerCertificate;
	const { subject, subjectaltname, fingerprint256, publicKeyPin, valid_to, serialNumber } = certificate ?? {};
	const issuer = certificate?.issuerCertificate?.subject;
	return { ...tls, peer: { subject, subjectaltname, fingerprint256, publicKeyPin, valid_to, serialNumber, issuer } };
}

const toHex = (bytes: ArrayBuffer): string =>
	Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (digits: string): Uint8Array =>
	Uint8Array.from((digits.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16)));

const text = (name: string): string => String(config[name] ?? "").replace(/\\r\\n/g, "\r\n");
let count = 0;
let unsent = ArrayBuffer.fromString(text("send"));
let toSend = Number(config.sendBytes ?? 0);
let isConnected = false;

function send(socket: TLSSocket, room: number): void {
	if (unsent.byteLength > 0) room = socket.write(unsent);
	unsent = new ArrayBuffer(0);
	while (toSend > 0 && room > 0) {
		const size = Math.min(toSend, room);
		room = socket.write(new ArrayBuffer(size));
		toSend -= size;
	}
}

function close(socket: TLSSocket): void {
	socket.close();
	trace(`closed after ${count}\n`);
}

new TLSSocket({
	...(config.host === undefined ? {} : { host: String(config.host) }),
	...(config.address === undefined ? {} : { address: String(config.address) }),
	...(config.servername === undefined ? {} : { servername: String(config.servername) }),
	...(config.handshakeTimeout === undefined ? {} : { handshakeTimeout: Number(config.handshakeTimeout) }),
	...(config.session === undefined ? {} : { session: fromHex(String(config.session)) }),
	port: String(config.port),
	TCP: { io: TCP as never },
	secure: makeOptions(),
	onWritable(room) {
		if (!isConnected && config.silent !== true) trace(`connected ${JSON.stringify(describe(this))}\n`);
		isConnected = true;
		send(this, room);
		if (config.close === "connected") close(this);
	},
	onSession(session) {
		if (config.keep === true) trace(`session ${toHex(session)}\n`);
	},
	onReadable() {
		const bytes = this.read() as ArrayBuffer;
		count += bytes.byteLength;
		if (config.quiet !== true) trace(`received ${String.fromArrayBuffer(bytes)}\n`);
		if (config.close === "received") close(this);
	},
	onError(error) {
		const { code, message = "" } = (error ?? {}) as Partial<TLSError>;
		trace(error ? `error ${code}: ${message} after ${count}\n` : `ended after ${count}\n`);
		this.close();
	}
});
trace("started\n");

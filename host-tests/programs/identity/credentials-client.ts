// A TLS client with credentials out of a flash partition: says whether the server let it in, and it the server.

import TCP from "embedded:io/socket/tcp";
import Flash from "flash";
import Credentials, { type Role } from "identity/credentials";
import { readPartition } from "identity/flash-store";
import Image from "identity/image";
import config from "mc/config";
import TLSSocket from "tls/socket";

const image = Image.fromPartition(readPartition(new Flash("identity")));
const credentials = new Credentials();
const level = (config.level ?? "client") as Role | "both";
if (config.ca === "image") credentials.enableCA(level, image);
if (config.ca === "anyone") credentials.disableCA(level);
if (config.identity) credentials.addIdentity("client", image);
if (config.identity === "removed") credentials.removeIdentities("client");

let isEstablished = false;
const socket = new TLSSocket({
	host: "localhost",
	address: "127.0.0.1",
	port: Number(config.port),
	TCP: { io: TCP as never },
	secure: credentials.makeContext("client"),
	onWritable() {
		if (isEstablished) return;
		isEstablished = true;
		trace(`established ${socket.tls?.protocol}\n`);
		socket.write(ArrayBuffer.fromString("GET / HTTP/1.0\r\n\r\n"));
	},
	onReadable(count) {
		trace(`read ${String.fromArrayBuffer(socket.read(count) as ArrayBuffer)}\n`);
	},
	onError(error?: unknown) {
		trace(`ended ${(error as { code?: string } | undefined)?.code ?? "by the server"}\n`);
		socket.close();
	}
});

// Servers that this project did not write, each on a port of the system's choice, until the tests of the file end.

import { type ChildProcess, spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { afterAll } from "@jest/globals";
import { freePort } from "../free-port";
import type { CertificateFolder } from "./certificates";

const children = new Set<ChildProcess>();
/** What is done when the tests of the file have ended. */
export const closers = new Set<() => void>();
afterAll(() => {
	for (const child of children) child.kill("SIGKILL");
	for (const close of closers) close();
});

/** Starts a program; resolves once `ready` is printed. What it prints goes on in `output`. */
export async function startPeer(
	folder: string,
	program: string,
	parameters: readonly string[],
	ready: RegExp,
	environment: Record<string, string> = {}
) {
	const env = { ...process.env, ...environment };
	const child = spawn(program, parameters, { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
	const peer = { output: "", process: child };
	children.add(child);
	await new Promise<void>((resolve, reject) => {
		const collect = (chunk: Buffer) => {
			peer.output += chunk;
			if (ready.test(peer.output)) resolve();
		};
		child.stdout.on("data", collect);
		child.stderr.on("data", collect);
		child.on("close", () => reject(new Error(`${program} ended:\n${peer.output}`)));
	});
	return peer;
}

export interface Peer {
	readonly port: number;
	/** What it has printed. */
	readonly output: string;
}

/** `openssl s_server`, which prints what it reads. */
export async function openSSLReader({ path }: CertificateFolder, name: string, ...parameters: string[]): Promise<Peer> {
	const port = await freePort();
	const own = ["s_server", "-accept", String(port), "-cert", `${name}.pem`, "-key", `${name}.key.pem`];
	const peer = await startPeer(path, "openssl", [...own, ...parameters], /ACCEPT/);
	return Object.assign(peer, { port });
}

/** `openssl s_server -www`, which answers a request with what it knows of the connection. */
export function openSSL(folder: CertificateFolder, name: string, ...parameters: string[]): Promise<Peer> {
	return openSSLReader(folder, name, "-www", ...parameters);
}

/** `gnutls-serv --http`, likewise. */
export async function gnuTLS({ path }: CertificateFolder, name: string, ...parameters: string[]): Promise<Peer> {
	const port = await freePort();
	const own = ["--http", "--port", String(port), "--x509certfile", `${name}.pem`, "--x509keyfile", `${name}.key.pem`];
	const peer = await startPeer(path, "gnutls-serv", [...own, ...parameters], /listening on.*done/);
	return Object.assign(peer, { port });
}

/** Node's `tls` server; `serve` is called for each connection. */
export async function nodeTLS(
	folder: CertificateFolder,
	name: string,
	serve: (socket: TLSSocket) => void,
	options: TlsOptions = {}
): Promise<Peer> {
	const own = { cert: folder.read(`${name}.pem`), key: folder.read(`${name}.key.pem`) };
	const peer = { output: "", port: 0 };
	const sockets = new Set<TLSSocket>();
	const server = createServer({ ...own, ...options }, socket => {
		sockets.add(socket);
		socket.on("error", error => {
			peer.output += `${error.message}\n`;
		});
		serve(socket);
	});
	server.on("tlsClientError", error => {
		peer.output += `${error.message}\n`;
	});
	server.listen(0, "127.0.0.1");
	await new Promise(resolve => server.once("listening", resolve));
	closers.add(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return Object.assign(peer, { port: (server.address() as AddressInfo).port });
}

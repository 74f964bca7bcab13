// Loads credentials from where mc/config says, tells what they are or what is wrong with them, and serves with them.

import Resource from "Resource";
import Flash from "flash";
import Server from "httpsd/server";
import type { Bytes } from "identity/bytes";
import Credentials, { type IdentitySource } from "identity/credentials";
import CredentialsError from "identity/error";
import { readFile } from "identity/file-store";
import { readPartition } from "identity/flash-store";
import Image from "identity/image";
import config from "mc/config";
import TLSListener from "tls/listener";

const folder = String(config.folder ?? ".");

/** The file as what `config.via` names (row B3). */
function load(name: string): Bytes {
	if (config.via === "file") return readFile(`${folder}/${name}`);
	const resource = new Resource(name);
	if (config.via === "buffer") return resource.slice(0);
	if (config.via === "string") return String.fromArrayBuffer(resource.slice(0));
	return resource;
}

function openImage(): Image {
	return Image.fromPartition(readPartition(new Flash("identity")));
}

function loadIdentity(): IdentitySource | Image {
	if (config.via === "flash") return openImage();
	return { cert: load(String(config.cert)), key: load(String(config.key)) };
}

function make(): Credentials {
	const clock = Number(config.clock ?? 0);
	const credentials = new Credentials(clock === 0 ? Date.now : () => clock);
	credentials.addIdentity("server", loadIdentity());
	if (config.client) credentials.addIdentity("client", loadIdentity());
	if (config.ca) credentials.enableCA("server", config.via === "flash" ? openImage() : load(String(config.ca)));
	return credentials;
}

let server: Server | undefined;

function serve(credentials: Credentials): void {
	const told = { server: credentials.describe("server"), ca: credentials.describeCA("server") };
	const psks = config.via === "flash" ? openImage().findPSKs("server") : [];
	trace(`loaded ${JSON.stringify({ ...told, psks: psks.map(({ identity }) => identity) })}\n`);
	server = new Server({ io: TLSListener, port: 0, address: "127.0.0.1", secure: credentials.makeContext("server") });
	server.get("/", (request, response) => response.json({ tls: request.tls }));
	server.start();
	trace(`listening on ${server.port}\n`);
}

try {
	serve(make());
} catch (error) {
	if (!(error instanceof CredentialsError)) throw error;
	const { name, code, message, command } = error;
	trace(`refused ${JSON.stringify({ name, code, message, command })}\n`);
}

export function stop(): Promise<void> | undefined {
	return server?.stop();
}

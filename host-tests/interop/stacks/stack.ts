// TLS stacks that this project did not write, each by a small program of ours over it (host-tests/peers):
//
//   PROGRAM client PORT VERSION CA [CERT KEY]    connects to localhost twice, the second time with what it has kept of the
//                                                first: prints `connected VERSION HOW NAME` and what is answered, or `failed: ...`
//   PROGRAM server VERSION CERT KEY [CA]         prints `listening on PORT`, and the same line for each connection; with a CA
//                                                it requires certificates of clients
//
// VERSION is 1.2 or 1.3, HOW is full, resumed or unknown, NAME is the common name in the peer's certificate, or a dash.

import { execFileSync } from "node:child_process";
import { afterAll, beforeAll } from "@jest/globals";
import { CertificateFolder } from "../client/certificates";
import { type ClientConfig, runClient } from "../client/client";
import { type Peer, startPeer } from "../client/peers";
import { type Desk, startDesk } from "../desk";
import { type Outcome, run } from "../https";

export type Version = "1.2" | "1.3";

export interface Stack {
	/** Program and first parameters. */
	readonly command: readonly string[];
	/** Default `pem`. */
	readonly form?: "pem" | "der";
}

const identities = ["server", "device", "stranger"] as const;

/** Certificates of `ca`, but the stranger's, which is of `rsa-ca`. */
function makeCertificates(): CertificateFolder {
	const folder = new CertificateFolder();
	folder.leaf("server");
	folder.leaf("device", { commonName: "device 7", subjectAltName: "", usage: "clientAuth" });
	folder.leaf("stranger", { issuer: "rsa-ca" });
	folder.leaf("p256");
	const openssl = (...parameters: string[]) => execFileSync("openssl", parameters, { cwd: folder.path });
	for (const name of [...identities, "ca", "rsa-ca"])
		openssl("x509", "-in", `${name}.pem`, "-outform", "DER", "-out", `${name}.der`);
	for (const name of identities)
		openssl("pkey", "-in", `${name}.key.pem`, "-outform", "DER", "-out", `${name}.key.der`);
	return folder;
}

export interface TheirClient {
	/** Default `ca`. */
	ca?: string;
	cert?: (typeof identities)[number];
}

export interface TheirServer {
	/** Default `server`. */
	cert?: (typeof identities)[number];
	/** Clients need a certificate of this one. */
	ca?: string;
}

/** Our server and our client beside a stack's; for the tests of one file. */
export class Bench {
	readonly folder = makeCertificates();
	readonly #stack: Stack;
	#desk: Desk | undefined;

	constructor(stack: Stack) {
		this.#stack = stack;
		beforeAll(async () => {
			const main = "build/js/host-tests/programs/server/auth-server.js";
			this.#desk = startDesk({ main, resources: [this.folder.path] });
			await this.#desk.waitForLine(/listening on all/);
		});
		afterAll(async () => void (await this.#desk?.stop()));
	}

	/** Our server, which asks for client certificates on the port `required` and not on `off`. */
	get ours(): Desk {
		return this.#desk as Desk;
	}

	#files(cert?: string): string[] {
		const { form = "pem" } = this.#stack;
		return cert === undefined ? [] : [`${cert}.${form}`, `${cert}.key.${form}`].map(name => this.folder.file(name));
	}

	#ca(name?: string): string[] {
		return name === undefined ? [] : [this.folder.file(`${name}.${this.#stack.form ?? "pem"}`)];
	}

	/** Their client against our server, to its end. */
	visit(version: Version, label: "off" | "required", { ca = "ca", cert }: TheirClient = {}): Promise<Outcome> {
		const [program = "", ...first] = this.#stack.command;
		const port = new RegExp(`^${label} on (\\d+)$`, "m").exec(this.ours.output)?.[1] ?? "";
		return run(program, [...first, "client", port, version, ...this.#ca(ca), ...this.#files(cert)]);
	}

	/** Their server, for our client. */
	async serve(version: Version, { cert = "server", ca }: TheirServer = {}): Promise<Peer> {
		const [program = "", ...first] = this.#stack.command;
		const parameters = [...first, "server", version, ...this.#files(cert), ...this.#ca(ca)];
		const peer = await startPeer(this.folder.path, program, parameters, /listening on \d+/);
		return Object.assign(peer, { port: Number(/listening on (\d+)/.exec(peer.output)?.[1]) });
	}

	/** Our client against their server, to its end; what it printed. */
	ask({ port }: Peer, version: Version, config: ClientConfig = {}): Promise<string> {
		const send = "GET / HTTP/1.0\\r\\n\\r\\n";
		return runClient(this.folder.path, port, { version: `TLSv${version}`, send, keep: true, ...config });
	}
}

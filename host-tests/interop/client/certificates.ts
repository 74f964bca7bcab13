// Certificates for the client tests: a CA, and whatever may be wrong with a server's. Each test file makes its own.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

export interface LeafOptions {
	/** Default `localhost`. */
	commonName?: string;
	/** Default for `localhost` and 127.0.0.1; `""` for none. */
	subjectAltName?: string;
	/** Extended key usage. Default none. */
	usage?: string;
	/** Default valid from now on, for 20 days; `"expired"` was until yesterday, `"early"` will be from tomorrow. */
	validity?: "expired" | "early";
	/** Options of `openssl genpkey`. Default an EC key on P-256. */
	key?: readonly string[];
	/** Default `ca`. */
	issuer?: string;
}

const P256 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
const RSA = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
const DAY = 86_400_000;

const stamp = (milliseconds: number): string =>
	`${new Date(milliseconds).toISOString().replace(/\D/g, "").slice(0, 14)}Z`;

/** A folder that goes when the tests of the file have ended, with two CAs: `ca` (EC) and `rsa-ca`. */
export class CertificateFolder {
	readonly path = mkdtempSync(join(tmpdir(), "client-"));

	constructor() {
		afterAll(() => rmSync(this.path, { recursive: true }));
		this.#makeCA("ca", P256);
		this.#makeCA("rsa-ca", RSA);
	}

	#openssl(...parameters: string[]): void {
		execFileSync("openssl", parameters, { cwd: this.path, stdio: ["ignore", "ignore", "pipe"] });
	}

	#makeCA(name: string, key: readonly string[]): void {
		this.#openssl("genpkey", ...key, "-out", `${name}.key.pem`);
		const subject = ["-subj", `/CN=Client test ${name}`, "-days", "30"];
		this.#openssl("req", "-x509", "-key", `${name}.key.pem`, ...subject, "-out", `${name}.pem`);
	}

	/** Makes `NAME.pem` and `NAME.key.pem`; returns the name. */
	leaf(name: string, options: LeafOptions = {}): string {
		const { commonName = "localhost", subjectAltName = "DNS:localhost,IP:127.0.0.1", usage, issuer = "ca" } = options;
		this.#openssl("genpkey", ...(options.key ?? P256), "-out", `${name}.key.pem`);
		this.#openssl("req", "-new", "-key", `${name}.key.pem`, "-subj", `/CN=${commonName}`, "-out", `${name}.csr`);
		const extensions = [
			"basicConstraints=CA:false",
			...(subjectAltName ? [`subjectAltName=${subjectAltName}`] : []),
			...(usage ? [`extendedKeyUsage=${usage}`] : [])
		];
		const shift = options.validity === "expired" ? -21 * DAY : options.validity === "early" ? DAY : -DAY / 2;
		const from = Date.now() + shift;
		writeFileSync(join(this.path, `${name}.ext`), `${extensions.join("\n")}\n`);
		this.#sign(name, issuer, stamp(from), stamp(from + 20 * DAY));
		return name;
	}

	/** `openssl ca` is what can date a certificate back; it wants files of its own. */
	#sign(name: string, issuer: string, from: string, to: string): void {
		const config = [
			"[ca]\ndefault_ca=x\n[x]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\nunique_subject=no",
			"policy=p\n[p]\ncommonName=supplied\n"
		];
		writeFileSync(join(this.path, "ca.config"), config.join("\n"));
		writeFileSync(join(this.path, "index"), "");
		const ca = ["-cert", `${issuer}.pem`, "-keyfile", `${issuer}.key.pem`, "-startdate", from, "-enddate", to];
		const files = ["-in", `${name}.csr`, "-extfile", `${name}.ext`, "-out", `${name}.pem`];
		this.#openssl("ca", "-batch", "-notext", "-config", "ca.config", ...ca, ...files);
	}

	file(name: string): string {
		return join(this.path, name);
	}

	read(name: string): Buffer {
		return readFileSync(this.file(name));
	}
}

// Client certificates for the interop tests, good and bad, made by openssl in a folder of their own.

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { identityFolder } from "./identities";
import { root } from "./paths";

const ca = join(root, identityFolder, "ca");
const p256 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

interface Kind {
	days?: string;
	issuer?: string;
	usage?: string;
	/** Options of `openssl genpkey`. */
	key?: readonly string[];
}

/** How each differs from a good one. */
const kinds = {
	good: {},
	expired: { days: "-1" },
	stranger: { issuer: "stranger-ca" },
	serverOnly: { usage: "serverAuth" },
	weak: { key: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"] }
} satisfies Record<string, Kind>;

export type ClientKind = keyof typeof kinds;

export interface ClientIdentities {
	readonly folder: string;
	/** Options of `openssl s_client` for that identity. */
	options(kind: ClientKind): string[];
}

export function makeClientIdentities(): ClientIdentities {
	const folder = mkdtempSync(join(tmpdir(), "clients-"));
	const openssl = (...parameters: string[]) =>
		execFileSync("openssl", parameters, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
	openssl("genpkey", ...p256, "-out", "stranger-ca.key.pem");
	openssl(
		"req",
		"-x509",
		"-key",
		"stranger-ca.key.pem",
		"-subj",
		"/CN=Stranger",
		"-days",
		"9",
		"-out",
		"stranger-ca.pem"
	);
	for (const [name, kind] of Object.entries<Kind>(kinds)) {
		const { days = "9", issuer = ca, usage = "clientAuth", key = p256 } = kind;
		writeFileSync(join(folder, `${name}.ext`), `extendedKeyUsage=${usage}\nsubjectAltName=DNS:${name}.client\n`);
		openssl("genpkey", ...key, "-out", `${name}.key.pem`);
		openssl("req", "-new", "-key", `${name}.key.pem`, "-subj", `/CN=${name}`, "-out", `${name}.csr`);
		const request = [
			"-req",
			"-in",
			`${name}.csr`,
			"-CA",
			`${issuer}.pem`,
			"-CAkey",
			`${issuer}.key.pem`,
			"-set_serial",
			"77"
		];
		openssl("x509", ...request, "-extfile", `${name}.ext`, "-days", days, "-out", `${name}.pem`);
	}
	return {
		folder,
		options: kind => ["-cert", join(folder, `${kind}.pem`), "-key", join(folder, `${kind}.key.pem`)]
	};
}

// Certificates that a test makes with openssl.

import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Made {
	readonly der: ArrayBuffer;
	/** The same, as Node reads it. */
	readonly node: X509Certificate;
}

/** A self-signed certificate with that subject, in openssl's notation, and these extensions. */
export function makeCertificate(subject: string, ...extensions: string[]): Made {
	const folder = mkdtempSync(join(tmpdir(), "certificate-"));
	writeFileSync(join(folder, "config"), "[req]\ndistinguished_name=name\n[name]\n");
	const parameters = ["req", "-x509", "-config", "config", "-utf8", "-nodes", "-newkey", "ec", "-pkeyopt"];
	const rest = ["ec_paramgen_curve:P-256", "-keyout", "key", "-outform", "DER", "-out", "der", "-subj", subject];
	const added = extensions.flatMap(extension => ["-addext", extension]);
	execFileSync("openssl", [...parameters, ...rest, ...added], { cwd: folder, stdio: "ignore" });
	const file = readFileSync(join(folder, "der"));
	rmSync(folder, { recursive: true });
	return { der: new Uint8Array(file).buffer, node: new X509Certificate(file) };
}

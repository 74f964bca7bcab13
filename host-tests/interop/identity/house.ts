// A house's PKI: a root, CAs below it, and what they sign of a device's request.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openssl } from "../../unit/certs/tool";

const ec = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];

export class House {
	readonly #folder: string;

	/** Makes `root.pem`, and a CA below it for each name, as most houses have it. */
	constructor(folder: string, names: readonly string[]) {
		this.#folder = folder;
		openssl("genpkey", ...ec, "-out", this.at("root.key.pem"));
		const root = ["-key", this.at("root.key.pem"), "-subj", "/CN=Root", "-days", "300", "-out", this.at("root.pem")];
		openssl("req", "-x509", ...root);
		for (const name of names) this.#makeCA(name);
	}

	readonly at = (name: string): string => join(this.#folder, name);

	readonly read = (name: string): string => readFileSync(this.at(name), "utf8");

	#makeCA(name: string): void {
		writeFileSync(this.at("ca.ext"), "basicConstraints=critical,CA:true\nkeyUsage=keyCertSign\n");
		openssl("genpkey", ...ec, "-out", this.at(`${name}.key.pem`));
		const { at } = this;
		openssl("req", "-new", "-key", at(`${name}.key.pem`), "-subj", `/CN=${name}`, "-out", at(`${name}.csr`));
		this.#sign(`${name}.csr`, `${name}.pem`, "root", "ca.ext", 300);
	}

	#sign(request: string, out: string, ca: string, extensions: string, days: number): void {
		const { at } = this;
		const by = ["-CA", at(`${ca}.pem`), "-CAkey", at(`${ca}.key.pem`), "-CAcreateserial", "-days", String(days)];
		openssl("x509", "-req", "-in", at(request), ...by, "-extfile", at(extensions), "-out", at(out));
	}

	/** Signs the request in `csr.pem` by a CA, for so many names more. */
	readonly sign = (out: string, days = 90, ca = "between", more = 0): string => {
		const others = Array.from({ length: more }, (_, index) => `,DNS:name-${100 + index}.device.example.org`);
		writeFileSync(this.at("names.ext"), `subjectAltName=DNS:device.local,DNS:device,IP:127.0.0.1${others.join("")}\n`);
		this.#sign("csr.pem", out, ca, "names.ext", days);
		return this.read(out);
	};
}

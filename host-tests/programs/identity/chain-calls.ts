// Chains of certificates, each looked at: mc/config names the files of each, leaf first, and its key. Prints how each ended.

import Resource from "Resource";
import { checkCertificates } from "identity/check";
import config from "mc/config";

const load = (name: string): Uint8Array => new Uint8Array(new Resource(name).slice(0) as ArrayBuffer);

for (const [name, files] of Object.entries(JSON.parse(String(config.chains)) as Record<string, string[]>)) {
	try {
		const { subject } = checkCertificates(files.map(load), load("leaf.key.der"), "server", { now: 0 });
		trace(`${name}: ${subject}\n`);
	} catch (error) {
		trace(`${name}: ${error}\n`);
	}
}

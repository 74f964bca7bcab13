// Calls of Credentials and TLSContext that are wrong, or that take a bundle. Prints how each ended.

import Resource from "Resource";
import type { Bytes } from "identity/bytes";
import Credentials, { type IdentitySource, type Role } from "identity/credentials";
import TLSContext from "tls/context";

const load = (name: string): Bytes => new Resource(name);
const own = { cert: load("server.pem"), key: load("server.key.pem") };
const sample = { cert: load("sample.pem"), key: load("sample.key.pem") };
const caBundle = load("x509_crt_bundle") as HostBuffer;
const make = () => new Credentials().addIdentity("both", own);
const add = (source: unknown) => make().addIdentity("server", source as IdentitySource);
const both = "both" as Role;

const calls: Readonly<Record<string, () => unknown>> = {
	number: () => add(5),
	null: () => add(null),
	empty: () => add({}),
	noKey: () => add({ cert: own.cert }),
	keyTrue: () => add({ cert: own.cert, key: true }),
	caNumber: () => make().enableCA("client", 7 as unknown as Bytes),
	describeBoth: () => make().describe(both),
	describeCABoth: () => make().describeCA(both),
	makeBoth: () => make().makeContext(both),
	authorityFirst: () => add({ cert: load("reversed.pem"), key: own.key }),
	cutSecond: () => add({ cert: load("cut-second.pem"), key: own.key }),
	badSecond: () => add({ cert: load("bad-second.pem"), key: own.key }),
	derTrailing: () => add({ cert: load("trailing.der"), key: own.key }),
	derThenPEM: () => add({ cert: load("mixed.bin"), key: own.key }),
	gap: () => add({ cert: load("gap.pem"), key: own.key }),
	sampleBehind: () => make().enableCA("client", load("sample-behind.pem")),
	expiredBehind: () => make().enableCA("client", load("expired-behind.pem")),
	sampleInContext: () => new TLSContext(sample),
	sampleTrusted: () => new TLSContext({ ...own, ca: sample.cert }),
	bundleOption: () => make().makeContext("client", { caBundle }),
	bundleEnabled: () => make().enableCA("both", { caBundle }).makeContext("client"),
	bundleAfterDisable: () => make().disableCA("client").makeContext("client", { caBundle }),
	nobody: () => make().makeContext("client"),
	whole: () => add({ cert: load("whole.pem"), key: own.key }).makeContext("server")
};

for (const [name, call] of Object.entries(calls)) {
	try {
		call();
		trace(`${name}: taken\n`);
	} catch (error) {
		const { code } = error as { code?: string };
		trace(`${name}: ${code ?? ""} ${error}\n`);
	}
}

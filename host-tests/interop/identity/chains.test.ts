// Chains of several certificates, made by openssl: each has to be signed by the one behind it, and all of them fit into a message.

import { execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { folder, openssl } from "../../unit/certs/tool";
import { startDesk } from "../desk";

const out = folder();
const at = (name: string) => join(out, name);
/** Bytes of so many certificates in a message of 17,408. */
const most = (count: number) => 17_408 - 8 - 5 * count;
let output: string;

function makeKey(name: string): void {
	openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at(`${name}.key.pem`));
	openssl("req", "-new", "-key", at(`${name}.key.pem`), "-subj", `/CN=${name}`, "-out", at(`${name}.csr`));
}

function sign(name: string, by: string, extensions: string, to = name): number {
	writeFileSync(at("extensions"), extensions);
	const ca = ["-CA", at(`${by}.der`), "-CAkey", at(`${by}.key.pem`), "-CAcreateserial", "-days", "9"];
	const more = ["-extfile", at("extensions"), "-outform", "DER", "-out", at(`${to}.der`)];
	openssl("x509", "-req", "-in", at(`${name}.csr`), ...ca, ...more);
	return statSync(at(`${to}.der`)).size;
}

const names = (count: number, last: number) =>
	`subjectAltName=${Array.from({ length: count }, (_, n) => `DNS:${n}.example`).join(",")},DNS:${"a".repeat(last)}\n`;

/** A leaf of exactly so many bytes. Its signature has not always the same length. */
function makeLeaf(name: string, length: number): void {
	const count = 1000;
	const few = sign("leaf", "lower", names(count, 30), name);
	const added = Math.floor((length - few) / 18);
	let last = 30;
	for (let size = sign("leaf", "lower", names(count + added, last), name); size !== length; last += length - size)
		size = sign("leaf", "lower", names(count + added, last), name);
}

const chains = {
	one: ["leaf.der"],
	whole: ["leaf.der", "lower.der", "upper.der", "root.der"],
	swapped: ["leaf.der", "upper.der", "lower.der", "root.der"],
	firstGap: ["leaf.der", "upper.der", "root.der"],
	middleGap: ["leaf.der", "lower.der", "root.der"],
	lastGap: ["leaf.der", "lower.der", "upper.der", "other.der"],
	key: ["lower.der", "upper.der"],
	late: ["lower.der", "leaf.der"]
};

beforeAll(async () => {
	for (const name of ["root", "other", "upper", "lower", "leaf"]) makeKey(name);
	const ca = ["-addext", "basicConstraints=critical,CA:true", "-addext", "keyUsage=keyCertSign", "-days", "9"];
	for (const name of ["root", "other"]) {
		const own = ["-key", at(`${name}.key.pem`), "-subj", `/CN=${name}`, "-outform", "DER", "-out", at(`${name}.der`)];
		openssl("req", "-x509", ...own, ...ca);
	}
	const isCA = "basicConstraints=critical,CA:true\nkeyUsage=keyCertSign\n";
	sign("upper", "root", isCA);
	const rest = sign("lower", "upper", isCA);
	sign("leaf", "lower", "subjectAltName=DNS:leaf.example\n");
	execFileSync("openssl", [
		"pkcs8",
		"-topk8",
		"-nocrypt",
		"-in",
		at("leaf.key.pem"),
		"-outform",
		"DER",
		"-out",
		at("leaf.key.der")
	]);
	makeLeaf("longest", most(2) - rest);
	makeLeaf("longer", most(2) - rest + 1);
	const config = {
		chains: JSON.stringify({ ...chains, longest: ["longest.der", "lower.der"], longer: ["longer.der", "lower.der"] })
	};
	const desk = startDesk({ main: "build/js/host-tests/programs/identity/chain-calls.js", resources: [out], config });
	expect((await desk.exit).code).toBe(0);
	({ output } = desk);
});

const gap = "CredentialsError: The chain of the server certificate has a gap: each must be signed by the one behind it";
const tooLong = "CredentialsError: The chain of the server certificate is too long to be sent";
const order = "CredentialsError: The order of the server's certificates is wrong: CN=leaf";

test.each([
	["one", "CN=leaf"],
	["whole", "CN=leaf"],
	["longest", "CN=leaf"],
	["swapped", gap],
	["firstGap", gap],
	["middleGap", gap],
	["lastGap", gap],
	["longer", tooLong],
	["key", "CredentialsError: The server key does not belong to the certificate of CN=lower"],
	["late", order]
])("Z5 Z18 a chain is whole, in order, for its key, and can be sent: %s", (name, told) =>
	expect(`\n${output}`).toContain(`\n${name}: ${told}`)
);

import { existsSync } from "node:fs";
import { basename } from "node:path";
import { Command } from "commander";
import { TOOL, toolLine } from "../lib/base/command";
import { type Context, collect, DEFAULT_OUT, examples } from "../lib/base/context";
import { CertsError } from "../lib/base/errors";
import { readInput, writeProducts } from "../lib/base/files";
import { withLock } from "../lib/base/lock";
import { loadAuthority } from "../lib/identity/authority";
import { identityProducts } from "../lib/identity/identity";
import { checkBase, withinCa } from "../lib/identity/leaf";
import { readRequest, type SigningRequest } from "../lib/x509/csr";
import { issueLeaf, type Purpose } from "../lib/x509/issue";
import { commonNameOf, describeNames, type Names, parseNames } from "../lib/x509/names";
import { day, leafValidity, type Validity, type ValidityOptions, wholeNumber } from "../lib/x509/validity";

interface Options extends ValidityOptions {
	host?: string[];
	ip?: string[];
	out: string;
	as?: string;
	client?: boolean;
	force?: boolean;
}

/** `certs csr sign`: signs what a device asks for, so that its key never leaves it. */
export function csrCommand(context: Context): Command {
	const sign = new Command("sign")
		.summary("sign a device's request with the CA")
		.argument("<file>", "certificate signing request, PEM or DER")
		.addHelpText(
			"beforeAll",
			examples([
				`${TOOL} csr sign device.csr.pem`,
				`${TOOL} csr sign device.csr.pem --host device.local --ip 192.168.1.20`
			])
		)
		.option("--host <name>", "sign for this name instead of those asked for (repeat for more)", collect)
		.option("--ip <address>", "sign for this address instead of those asked for (repeat for more)", collect)
		.option("--client", "sign for a client too, not only for a server")
		.option("--out <folder>", "where the CA is, and where the certificate goes", DEFAULT_OUT)
		.option("--as <base>", "base of the file names (default: that of the request)")
		.option("--days <n>", "valid for n days from now (default: 367, at most 398)", wholeNumber)
		.option("--years <n>", "the same in years", wholeNumber)
		.option("--backdate <n>", "valid from n days before now (default: 30)", wholeNumber)
		.option("--force", "replace existing files")
		.action((file: string, options: Options) => signRequest(file, options, context));
	return new Command("csr")
		.summary("certificate signing requests")
		.addHelpText("before", examples([`${TOOL} csr sign device.csr.pem`]))
		.addCommand(sign);
}

async function signRequest(file: string, options: Options, context: Context): Promise<void> {
	const validity = leafValidity(options);
	const base = checkBase(options.as ?? basename(file).replace(/(\.csr)?\.(pem|der|csr|req)$/i, ""));
	const request = await readRequest(readInput(file), file);
	const chosen = [...(options.host ?? []), ...(options.ip ?? [])].length > 0;
	const names = chosen ? parseNames(options.host ?? [], options.ip ?? []) : request.names;
	if (names.hosts.length + names.ips.length === 0) {
		throw new CertsError(
			`${file} asks for no name, and browsers refuse a certificate without one`,
			"Add --host device.local, --ip 192.168.1.20, or both"
		);
	}
	await withLock(options.out, () => signNames({ request, names, base, validity }, options, context));
}

interface Signing {
	request: SigningRequest;
	names: Names;
	base: string;
	validity: Validity;
}

async function signNames(
	{ request, names, base, validity }: Signing,
	options: Options,
	context: Context
): Promise<void> {
	const { print } = context;
	const authority = await loadAuthority(options.out);
	const purposes: Purpose[] = options.client ? ["server", "client"] : ["server"];
	const leaf = { publicKey: request.publicKey, commonName: commonNameOf(names), names, purposes };
	const certificate = await issueLeaf({ ...leaf, validity: withinCa(validity, authority, context) }, authority);
	const products = identityProducts(base, Buffer.from(certificate.rawData), authority.chain);
	const [pemPath, derPath] = writeProducts(options.out, products, options.force === true);
	print(`Signed ${request.key} key for ${describeNames(names)}, valid until ${day(certificate.notAfter)}`);
	print(`  ${pemPath}, ${derPath}: give one of them to the device`);
	if (existsSync(`${options.out}/${base}.key.pem`))
		print(`  ${options.out}/${base}.key.pem is an older key and does not belong to it`);
	print(`Next: ${toolLine("inspect", pemPath as string)}`);
}

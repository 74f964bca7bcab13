import { X509Certificate } from "node:crypto";
import { basename, dirname } from "node:path";
import { rootCertificates } from "node:tls";
import { Command, Option } from "commander";
import { TOOL, toolLine } from "../lib/base/command";
import { type Context, DEFAULT_OUT, examples } from "../lib/base/context";
import { CertsError } from "../lib/base/errors";
import { readInput, writeProducts } from "../lib/base/files";
import { decodeBundle, ESP_IDF_MAX_ROOTS, encodeBundle } from "../lib/images/bundle";
import { trustAnchor } from "../lib/x509/der";
import { readCertificates } from "../lib/x509/pem";

interface Options {
	from?: "mozilla";
	to: string;
	force?: boolean;
}

/** A certificate and the file it came from. */
interface Source {
	certificate: X509Certificate;
	from: string;
}

/** `certs bundle`: the roots that a device trusts, in ESP-IDF's format, to be searched in place in flash. */
export function bundleCommand(context: Context): Command {
	return new Command("bundle")
		.summary("pack root certificates into an ESP-IDF x509_crt_bundle")
		.argument("[files...]", "PEM or DER certificates; a PEM file may hold many")
		.addHelpText(
			"beforeAll",
			examples([
				`${TOOL} bundle --from mozilla`,
				`${TOOL} bundle build/identity/ca.pem`,
				`${TOOL} bundle --from mozilla build/identity/ca.pem`
			])
		)
		.addOption(
			new Option("--from <list>", "add all roots of a list (mozilla: those that this Node.js carries)").choices([
				"mozilla"
			])
		)
		.option("--to <file>", "the file to make", `${DEFAULT_OUT}/x509_crt_bundle`)
		.option("--force", "replace an existing file")
		.action((files: string[], options: Options) => makeBundle(files, options, context));
}

function makeBundle(files: string[], options: Options, { print }: Context): void {
	const sources = [...files.flatMap(readSource), ...(options.from === "mozilla" ? mozillaRoots() : [])];
	const good = sources.filter(source => explainRefusal(source, print));
	const data = encodeBundle(good.map(({ certificate }) => trustAnchor(certificate.raw)));
	const roots = decodeBundle(data)?.length ?? 0;
	writeProducts(dirname(options.to), [{ name: basename(options.to), data }], options.force === true);
	print(`Packed ${roots} root${roots === 1 ? "" : "s"} into ${options.to}, ${data.length} bytes`);
	if (good.length > roots) print(`  ${good.length - roots} given more than once`);
	if (roots > ESP_IDF_MAX_ROOTS)
		print(`  ESP-IDF itself takes ${ESP_IDF_MAX_ROOTS}: raise MBEDTLS_CERTIFICATE_BUNDLE_MAX_CERTS in sdkconfig`);
	print(`Next: ${toolLine("inspect", options.to)}`);
}

function readSource(path: string): Source[] {
	return readCertificates(readInput(path), path).map(certificate => ({ certificate, from: path }));
}

function mozillaRoots(): Source[] {
	return rootCertificates.map(text => ({ certificate: new X509Certificate(text), from: "mozilla" }));
}

// A leaf is refused, for a device would trust it to sign; an expired root only left out, for lists still carry some.
function explainRefusal({ certificate, from }: Source, print: Context["print"]): boolean {
	const name = certificate.subject.replaceAll("\n", ", ");
	if (!certificate.ca)
		throw new CertsError(`${from}: ${name} is not a CA certificate`, "Give the certificate of the CA that signed it");
	if (new Date(certificate.validTo).getTime() >= Date.now()) return true;
	print(`Left out: ${name}, expired on ${certificate.validTo}`);
	return false;
}

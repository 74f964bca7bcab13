import { Command, Option } from "commander";
import { TOOL } from "../lib/base/command";
import { type Context, DEFAULT_OUT, examples } from "../lib/base/context";
import { type LeafOptions, makeLeaf } from "../lib/identity/leaf";
import { KEY_TYPES } from "../lib/x509/keys";
import { type Names, parseCommonName, parseHost } from "../lib/x509/names";
import { wholeNumber } from "../lib/x509/validity";

interface Options extends LeafOptions {
	name: string;
}

/** `certs client`: makes a client's key and certificate, for servers that ask for one. */
export function clientCommand(context: Context): Command {
	return new Command("client")
		.summary("make a client's key and certificate, for servers that ask for one")
		.addHelpText(
			"beforeAll",
			examples([`${TOOL} client --name alice`, `${TOOL} client --name sensor-7 --as sensor-7 --key-type p-384`])
		)
		.requiredOption("--name <name>", "who the client is; servers see it as the common name")
		.option("--out <folder>", "where the files go, and where the CA is", DEFAULT_OUT)
		.option("--as <base>", "base of the file names", "client")
		.addOption(new Option("--key-type <type>", "kind of key").choices(KEY_TYPES).default("ec"))
		.option("--days <n>", "valid for n days from now (default: 367, at most 398)", wholeNumber)
		.option("--years <n>", "the same in years", wholeNumber)
		.option("--backdate <n>", "valid from n days before now, for servers whose clock lags (default: 30)", wholeNumber)
		.option("--if-needed", "do nothing when a good one for the same name is there")
		.option("--force", "replace existing files")
		.action((options: Options) => makeClient(options, context));
}

async function makeClient(options: Options, context: Context): Promise<void> {
	const commonName = parseCommonName(options.name, "client");
	await makeLeaf({ names: clientNames(commonName), commonName, purposes: ["client"] }, options, context, [
		`Next: try it: curl --cacert ${options.out}/ca.pem --cert ${options.out}/${options.as}.pem --key ${options.out}/${options.as}.key.pem https://HOST/`
	]);
}

// A subjectAltName where the name can be one, for servers that no longer look at the common name.
function clientNames(name: string): Names {
	try {
		return { hosts: [parseHost(name)], ips: [] };
	} catch {
		return { hosts: [], ips: [] };
	}
}

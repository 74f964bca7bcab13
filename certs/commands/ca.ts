import { Command, Option } from "commander";
import { TOOL, toolLine } from "../lib/base/command";
import { type Context, DEFAULT_OUT, examples } from "../lib/base/context";
import { withLock } from "../lib/base/lock";
import { caPaths, createAuthority } from "../lib/identity/authority";
import { KEY_TYPES, type KeyType } from "../lib/x509/keys";
import { parseCommonName } from "../lib/x509/names";
import { day, wholeNumber } from "../lib/x509/validity";

interface Options {
	out: string;
	name?: string;
	keyType: KeyType;
	years?: number;
	days?: number;
	force?: boolean;
}

/** `certs ca`: makes a certification authority of your own. */
export function caCommand(context: Context): Command {
	return new Command("ca")
		.summary("make a CA of your own, to sign servers and clients with")
		.addHelpText(
			"beforeAll",
			examples([
				`${TOOL} ca`,
				`${TOOL} ca --name "Workshop CA" --years 15`,
				`${TOOL} ca --key-type rsa-3072 --out build/rsa`
			])
		)
		.option("--out <folder>", "where the files go", DEFAULT_OUT)
		.option("--name <text>", "common name (default: one that nobody else has)")
		.addOption(new Option("--key-type <type>", "kind of key").choices(KEY_TYPES).default("ec"))
		.option("--years <n>", "valid for n years (default: 10)", wholeNumber)
		.option("--days <n>", "valid for n days", wholeNumber)
		.option("--force", "replace an existing CA; what it signed is then worthless")
		.action((options: Options) => makeCa(options, context));
}

async function makeCa(options: Options, { print }: Context): Promise<void> {
	const name = options.name === undefined ? {} : { name: parseCommonName(options.name, "CA") };
	const { certificate } = await withLock(options.out, () =>
		createAuthority(options.out, { ...options, ...name }, options.force === true)
	);
	const paths = caPaths(options.out);
	print(`Made ${certificate.subject}, valid until ${day(certificate.notAfter)}`);
	print(`  ${paths.pem}, ${paths.der}: give them to every client`);
	print(`  ${paths.key}: keep it secret, whoever has it can be any server to your browser`);
	print(`Next: ${toolLine("server", "--out", options.out, "--host", "device.local", "--ip", "192.168.1.20")}`);
}

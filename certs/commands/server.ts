import { Command, Option } from "commander";
import { TOOL, toolLine } from "../lib/base/command";
import { type Context, collect, DEFAULT_OUT, examples } from "../lib/base/context";
import { type LeafOptions, makeLeaf } from "../lib/identity/leaf";
import { KEY_TYPES } from "../lib/x509/keys";
import { commonNameOf, parseNames } from "../lib/x509/names";
import { wholeNumber } from "../lib/x509/validity";

interface Options extends LeafOptions {
	host?: string[];
	ip?: string[];
}

/** `certs server`: makes a server's key and certificate, and a CA when the folder has none. */
export function serverCommand(context: Context): Command {
	return new Command("server")
		.summary("make a server's key and certificate (and a CA, when there is none)")
		.addHelpText(
			"beforeAll",
			examples([
				`${TOOL} server --host localhost --ip 127.0.0.1`,
				`${TOOL} server --host device --host device.local --ip 192.168.1.20`,
				`${TOOL} server --host device.local --key-type rsa --as server-rsa`,
				`${TOOL} server --host device.local --if-needed`
			])
		)
		.option("--host <name>", "a name that browsers will use (repeat for more)", collect)
		.option("--ip <address>", "an address that browsers will use (repeat for more)", collect)
		.option("--out <folder>", "where the files go, and where the CA is", DEFAULT_OUT)
		.option("--as <base>", "base of the file names", "server")
		.addOption(new Option("--key-type <type>", "kind of key").choices(KEY_TYPES).default("ec"))
		.option("--days <n>", "valid for n days from now (default: 367, at most 398)", wholeNumber)
		.option("--years <n>", "the same in years", wholeNumber)
		.option("--backdate <n>", "valid from n days before now, for clients whose clock lags (default: 30)", wholeNumber)
		.option("--if-needed", "do nothing when a good one for the same names is there")
		.option("--force", "replace existing files")
		.action((options: Options) => makeServer(options, context));
}

async function makeServer(options: Options, context: Context): Promise<void> {
	const names = parseNames(options.host ?? [], options.ip ?? []);
	await makeLeaf({ names, commonName: commonNameOf(names), purposes: ["server"] }, options, context, [
		`Next: make the browser trust it once: ${toolLine("trust", "--out", options.out)}`
	]);
}

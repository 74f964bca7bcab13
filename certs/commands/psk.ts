import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { TOOL } from "../lib/base/command";
import { type Context, DEFAULT_OUT, examples } from "../lib/base/context";
import { CertsError } from "../lib/base/errors";
import { readInput, writeProducts } from "../lib/base/files";
import { withLock } from "../lib/base/lock";
import { checkIdentity, formatPsks, PSK_BYTES, type Psk, parsePsks } from "../lib/images/psk";
import { wholeNumber } from "../lib/x509/validity";

interface Options {
	identity: string;
	out: string;
	file: string;
	bytes: number;
	remove?: boolean;
	force?: boolean;
}

/** `certs psk`: makes a pre-shared key for one identity, in a file that holds one for each. */
export function pskCommand(context: Context): Command {
	return new Command("psk")
		.summary("make a pre-shared key for one identity")
		.addHelpText("beforeAll", examples([`${TOOL} psk --identity device-7`, `${TOOL} psk --identity device-7 --remove`]))
		.requiredOption("--identity <name>", "who uses the key")
		.option("--bytes <n>", `length of the key, ${PSK_BYTES.min} to ${PSK_BYTES.max}`, wholeNumber, PSK_BYTES.max)
		.option("--out <folder>", "where the file is", DEFAULT_OUT)
		.option("--file <name>", "name of the file; other identities in it are kept", "psk.txt")
		.option("--remove", "remove the identity instead: its key is revoked once the server reads the file again")
		.option("--force", "replace the key of an identity that has one")
		.action((options: Options) => changePsk(options, context));
}

async function changePsk(options: Options, { print }: Context): Promise<void> {
	checkIdentity(options.identity);
	const left = await withLock(options.out, () => writePsks(options));
	const path = join(options.out, options.file);
	print(
		`${options.remove ? "Removed" : "Made"} the key of ${options.identity} in ${path}, which now has ${count(left)}`
	);
	print(
		options.remove
			? "Next: give the file to the server again; until then it still accepts the old key"
			: "Next: give the file to the server, and to the client its own line, over a way that nobody else can read"
	);
}

// How many identities the file has now.
function writePsks(options: Options): number {
	const { identity } = options;
	const path = join(options.out, options.file);
	const before = existsSync(path) ? parsePsks(readInput(path).toString("utf8"), path) : [];
	const others = before.filter(psk => psk.identity !== identity);
	const after = options.remove ? others : [...others, makePsk(identity, options.bytes)];
	checkChange(before.length !== others.length, options, path);
	writeProducts(options.out, [{ name: options.file, data: formatPsks(after), secret: true }], true);
	return after.length;
}

function makePsk(identity: string, bytes: number): Psk {
	if (bytes < PSK_BYTES.min || bytes > PSK_BYTES.max) {
		throw new CertsError(
			`A key of ${bytes} bytes is not possible`,
			`Use --bytes ${PSK_BYTES.min} to --bytes ${PSK_BYTES.max}`
		);
	}
	return { identity, key: randomBytes(bytes) };
}

function checkChange(has: boolean, options: Options, path: string): void {
	if (options.remove && !has)
		throw new CertsError(`${options.identity} has no key in ${path}`, "Check --identity and --file");
	if (!options.remove && has && !options.force) {
		throw new CertsError(
			`${options.identity} has a key in ${path}, which is not overwritten`,
			"Add --force to replace it, or choose another --identity"
		);
	}
}

function count(identities: number): string {
	return identities === 1 ? "1 identity" : `${identities} identities`;
}

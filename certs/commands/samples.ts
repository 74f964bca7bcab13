import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Command } from "commander";
import { TOOL } from "../lib/base/command";
import { type Context, examples } from "../lib/base/context";
import { CertsError } from "../lib/base/errors";
import { readInput, writeProducts } from "../lib/base/files";
import { withLock } from "../lib/base/lock";
import { type KnownSamples, knownSample, readAnyKey, spkiHash } from "../lib/x509/known-samples";

const LIST = "certs/known-samples.json";

/** `certs samples`: the list of published keys that are refused everywhere. */
export function samplesCommand(context: Context): Command {
	const check = new Command("check")
		.summary("fail when one of the files has a published sample key; for builds")
		.argument("<files...>", "certificates or keys, PEM or DER")
		.addHelpText("beforeAll", examples([`${TOOL} samples check build/identity/server.key.pem`]))
		.action((files: string[]) => checkFiles(files, context));
	const add = new Command("add")
		.summary("add a published key to the list")
		.argument("<file>", "certificate or key, PEM or DER; only a hash of its public key is kept")
		.addHelpText("beforeAll", examples([`${TOOL} samples add cert.pem --what "Vendor SDK example server"`]))
		.requiredOption("--what <text>", "where it is published")
		.option("--list <file>", "the list", LIST)
		.action((file: string, options: { what: string; list: string }) => addFile(file, options, context));
	return new Command("samples")
		.summary("published sample keys, which are refused")
		.addHelpText(
			"before",
			examples([
				`${TOOL} samples check server.key.pem`,
				`${TOOL} samples add cert.pem --what "Vendor SDK example server"`
			])
		)
		.addCommand(check)
		.addCommand(add);
}

function checkFiles(files: string[], { print }: Context): void {
	for (const file of files) {
		const what = knownSample(readAnyKey(readInput(file), file));
		if (what !== undefined) {
			throw new CertsError(
				`${file} has a published sample key: ${what}`,
				`Make one of your own: ${TOOL} server --host device.local --force`
			);
		}
		print(`${file}: not a known sample`);
	}
}

function addFile(file: string, options: { what: string; list: string }, context: Context): Promise<void> {
	return withLock(dirname(options.list), () => addLocked(file, options, context));
}

function addLocked(file: string, { what, list }: { what: string; list: string }, { print }: Context): void {
	const spki = spkiHash(readAnyKey(readInput(file), file));
	const known = readList(list);
	const old = known.keys.find(entry => entry.spki === spki);
	if (old !== undefined) return void print(`${list} has it already: ${old.what}`);
	known.keys.push({ spki, what });
	writeProducts(dirname(list), [{ name: basename(list), data: `${JSON.stringify(known, undefined, "\t")}\n` }], true);
	print(`Added ${spki} to ${list}`);
	print("Next: commit the list; the tool carries it once it is compiled again");
}

function readList(path: string): KnownSamples {
	if (!existsSync(path))
		throw new CertsError(`There is no ${path}`, "Run this in the project's folder, or name the list with --list");
	try {
		const list = JSON.parse(readInput(path).toString("utf8")) as KnownSamples;
		if (list.format === 1 && Array.isArray(list.keys)) return list;
	} catch {
		// Told below, with the same words as a list of another format.
	}
	throw new CertsError(`${path} is not a list of known samples`, "Restore it from the repository");
}

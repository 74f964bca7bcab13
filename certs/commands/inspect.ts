import { statSync } from "node:fs";
import { Command } from "commander";
import { TOOL } from "../lib/base/command";
import { type Context, examples } from "../lib/base/context";
import { CertsError } from "../lib/base/errors";
import { readInput } from "../lib/base/files";
import { inspect } from "../lib/inspect";

interface Options {
	host?: string;
	check?: boolean;
}

/** `certs inspect`: tells what files are, and what a browser would object to. */
export function inspectCommand(context: Context): Command {
	return new Command("inspect")
		.summary("tell what a file is, and what a browser would object to")
		.argument("<files...>", "certificates, keys, requests, bundles, flash images, PSK files")
		.addHelpText(
			"beforeAll",
			examples([
				`${TOOL} inspect build/identity/server.pem`,
				`${TOOL} inspect build/identity/*.pem`,
				`${TOOL} inspect server.pem --host device.local --check`
			])
		)
		.option("--host <name>", "object when a server's certificate is not for this name or address")
		.option("--check", "exit with status 1 when there is an objection; for scripts")
		.action((files: string[], options: Options) => inspectFiles(files, options, context));
}

function inspectFiles(files: string[], options: Options, { print }: Context): void {
	let count = 0;
	for (const file of files) {
		const { lines, objections, secret } = inspect(readInput(file), file, options.host);
		const all = secret ? [...objections, ...objectToMode(file)] : objections;
		for (const line of [`${file}: ${lines[0]}`, ...lines.slice(1)]) print(line);
		for (const objection of all) print(`  ! ${objection}`);
		if (all.length === 0) print("  no objection");
		count += all.length;
	}
	if (count > 0 && options.check)
		throw new CertsError(`${count} objection${count === 1 ? "" : "s"}`, "Mend what stands after each !");
}

function objectToMode(file: string): string[] {
	if (process.platform === "win32") return [];
	const mode = statSync(file).mode & 0o777;
	return mode & 0o077 ? [`others can read it (mode ${mode.toString(8)}): chmod 600 ${file}`] : [];
}

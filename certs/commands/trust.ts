import { spawnSync } from "node:child_process";
import type { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { quote, TOOL, toolLine } from "../lib/base/command";
import { type Context, DEFAULT_OUT, examples } from "../lib/base/context";
import { CertsError } from "../lib/base/errors";
import { readInput } from "../lib/base/files";
import { caPaths } from "../lib/identity/authority";
import { type TrustSubject, type TrustWay, trustWays } from "../lib/identity/trust-ways";
import { knownSample } from "../lib/x509/known-samples";
import { readCertificates } from "../lib/x509/pem";

interface Options {
	out: string;
	system?: string;
	install?: boolean;
	remove?: boolean;
}

const SYSTEMS = trustWays({ path: "", name: "", sha1: "", home: "" }).map(way => way.system);

/** `certs trust`: tells how to make browsers trust the CA; changes something only with --install or --remove. */
export function trustCommand(context: Context): Command {
	return new Command("trust")
		.summary("tell how to make browsers trust the CA")
		.addHelpText(
			"beforeAll",
			examples([`${TOOL} trust`, `${TOOL} trust --system firefox`, `${TOOL} trust --install`, `${TOOL} trust --remove`])
		)
		.option("--out <folder>", "where the CA is", DEFAULT_OUT)
		.addOption(new Option("--system <name>", "only this one").choices(SYSTEMS))
		.addOption(new Option("--install", "run the commands for this user's browsers on this machine").conflicts("remove"))
		.option("--remove", "take that back")
		.action((options: Options) => trust(options, context));
}

function trust(options: Options, context: Context): void {
	const subject = readSubject(options.out, context.home);
	const ways = trustWays(subject);
	if (options.install || options.remove) change(ways, options, context);
	else explain(subject, ways, options, context);
}

function explain(subject: TrustSubject, ways: readonly TrustWay[], options: Options, { print }: Context): void {
	print(`How to trust ${subject.name}; nothing is changed by this command`);
	for (const way of ways.filter(({ system }) => options.system === undefined || system === options.system)) {
		print("");
		print(`${way.title}:`);
		for (const command of way.install) print(`  ${command.map(quote).join(" ")}`);
		for (const step of way.steps) print(`  ${step}`);
		for (const command of way.remove) print(`  to take it back: ${command.map(quote).join(" ")}`);
	}
}

function readSubject(directory: string, home: string): TrustSubject {
	const { pem: path } = caPaths(directory);
	if (!existsSync(path))
		throw new CertsError(`There is no ${path}`, `Make a CA first: ${toolLine("ca", "--out", directory)}`);
	const certificate = readCertificates(readInput(path), path)[0] as X509Certificate;
	if (knownSample(certificate.publicKey) !== undefined) {
		throw new CertsError(
			`${path} has a published key: who trusts it trusts everyone`,
			`Make a CA of your own: ${toolLine("ca", "--out", directory, "--force")}`
		);
	}
	const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? "device CA";
	return { path: resolve(path), name, sha1: certificate.fingerprint.replaceAll(":", ""), home };
}

function change(ways: readonly TrustWay[], options: Options, { print }: Context): void {
	const way = ways.find(
		({ platform, user, system }) => user && platform === process.platform && (options.system ?? system) === system
	);
	if (way === undefined) {
		throw new CertsError(
			"That needs an administrator, or your hands",
			`Run ${TOOL} trust without --install and follow the lines for your system`
		);
	}
	for (const [program, ...args] of options.remove ? way.remove : way.install) {
		print(`$ ${[program as string, ...args].map(quote).join(" ")}`);
		const { status, error } = spawnSync(program as string, args, { stdio: "inherit" });
		if (error) throw new CertsError(`${program} cannot be run`, `Install it first (${way.title})`);
		if (status !== 0) throw new CertsError(`${program} failed with status ${status}`, "Read its message above");
	}
	print(options.remove ? "Removed" : `Installed for ${way.title}`);
	for (const step of way.steps) print(`Next: ${step}`);
}

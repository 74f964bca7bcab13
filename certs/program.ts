import { Command, CommanderError } from "commander";
import { bundleCommand } from "./commands/bundle";
import { caCommand } from "./commands/ca";
import { clientCommand } from "./commands/client";
import { csrCommand } from "./commands/csr";
import { flashCommand } from "./commands/flash";
import { inspectCommand } from "./commands/inspect";
import { pskCommand } from "./commands/psk";
import { samplesCommand } from "./commands/samples";
import { serverCommand } from "./commands/server";
import { trustCommand } from "./commands/trust";
import { TOOL } from "./lib/base/command";
import { type Context, examples } from "./lib/base/context";
import { CertsError } from "./lib/base/errors";
import { printableLines } from "./lib/base/printable";

const COMMANDS = [
	caCommand,
	serverCommand,
	clientCommand,
	pskCommand,
	csrCommand,
	bundleCommand,
	flashCommand,
	inspectCommand,
	trustCommand,
	samplesCommand
];

/** Runs one command line, without the program's name. Returns the exit status: 0, or 1 after an error. */
export async function run(
	argv: readonly string[],
	context: Context,
	printError: (text: string) => void
): Promise<number> {
	// What files and arguments say comes into these lines.
	const print = (line: string) => context.print(printableLines(line));
	const say = (text: string) => printError(printableLines(text));
	const program = buildProgram({ ...context, print }, say);
	try {
		await program.parseAsync(argv, { from: "user" });
		return 0;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
		say(describe(error));
		return 1;
	}
}

function buildProgram(context: Context, printError: (text: string) => void): Command {
	const program = new Command(TOOL).summary("certificates, keys, bundles and flash images for devices");
	program.addHelpText(
		"before",
		examples([
			`${TOOL} server --host device.local --ip 192.168.1.20`,
			`${TOOL} trust`,
			`${TOOL} inspect build/identity/server.pem`
		])
	);
	for (const make of COMMANDS) program.addCommand(make(context));
	for (const command of everyCommand(program)) {
		command.exitOverride().showSuggestionAfterError().allowExcessArguments(false);
		command.configureOutput({
			writeOut: text => context.print(text.replace(/\n$/, "")),
			writeErr: text => printError(text.replace(/\n$/, "")),
			outputError: (text, write) => write(`${text.trimEnd()}\nRun ${fullName(command)} --help for examples`)
		});
	}
	return program;
}

function fullName(command: Command): string {
	return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

function everyCommand(command: Command): Command[] {
	return [command, ...command.commands.flatMap(everyCommand)];
}

function describe(error: unknown): string {
	if (error instanceof CertsError) return `error: ${error.message}\n${error.advice}`;
	// Not foreseen, so there is no advice; the message alone, for a stack trace helps nobody at this prompt.
	return `error: ${error instanceof Error ? error.message : String(error)}`;
}

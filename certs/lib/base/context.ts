/** What a command needs from the outside; tests give their own. */
export interface Context {
	/** Prints one line of the result. */
	print(line: string): void;
	/** The user's home folder, where trust stores of this user are. */
	home: string;
}

/** The folder that products go to: under `build`, which is never committed. */
export const DEFAULT_OUT = "build/identity";

/** Collects a repeatable option: `--host a --host b`. */
export function collect(value: string, previous: readonly string[] = []): string[] {
	return [...previous, value];
}

/** The help section that opens each command's usage. */
export function examples(lines: readonly string[]): string {
	return `Examples:\n${lines.map(line => `  ${line}`).join("\n")}\n`;
}

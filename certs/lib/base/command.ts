import { realpathSync } from "node:fs";
import { basename, relative, sep } from "node:path";

const LAUNCHER = "certs.mjs";

/**
 * How this tool is called from the current folder, for advice that can be typed. By its path and not by `npx certs`,
 * but in a project that has it installed: elsewhere that would fetch whatever a registry has under the name, and run it.
 */
export const TOOL = installed() ? "npx certs" : `node ${quote(launcher())}`;

/** A command line of this tool, each word quoted for a POSIX shell where it needs to be. */
export function toolLine(...words: readonly string[]): string {
	return [TOOL, ...words.map(quote)].join(" ");
}

/** `word` as a POSIX shell takes it for one. */
export function quote(word: string): string {
	return /^[\w./:,=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Whether it is in a package that a project has installed. */
function installed(): boolean {
	return __dirname.includes(`${sep}node_modules${sep}`);
}

function launcher(): string {
	const path = process.argv[1] ?? "";
	try {
		const real = realpathSync(path);
		if (basename(real) === LAUNCHER) return relative(process.cwd(), real);
	} catch {
		// Told from the clone's own folder, as below.
	}
	return `certs/bin/${LAUNCHER}`;
}

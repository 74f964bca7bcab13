// An empty project into which the package is installed, from the tarball that `npm pack` makes, without a network.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../paths";

export const name = "moddable-https-server";

// Nothing may be brought from elsewhere, nor be found in a cache by chance.
const alone = { npm_config_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };

export interface Project {
	readonly folder: string;
	readonly tarball: string;
	/** Writes files, by their paths in the project. */
	write(files: Record<string, string>): void;
	/** Runs a program there. @returns what it has printed; throws with that where it fails */
	run(program: string, ...parameters: string[]): string;
	remove(): void;
}

function execute(cwd: string, environment: NodeJS.ProcessEnv, program: string, parameters: string[]): string {
	try {
		const options = { cwd, encoding: "utf8", stdio: "pipe", env: { ...process.env, ...environment } } as const;
		return execFileSync(program, parameters, { ...options, maxBuffer: 1 << 26 });
	} catch (error) {
		const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
		throw new Error(
			`${program} ${parameters.join(" ")}: ${String(error)}\n${stdout.slice(-4000)}${stderr.slice(-4000)}`
		);
	}
}

/** Packs the repository and installs what comes of it. `npm`'s cache is an empty folder. */
export function installPackage(): Project {
	const folder = mkdtempSync(join(tmpdir(), "package-"));
	const cache = { ...alone, npm_config_cache: join(folder, "cache") };
	const write = (files: Record<string, string>) => {
		for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
	};
	const packed = execute(root, cache, "npm", ["pack", "--silent", "--pack-destination", folder]);
	const tarball = join(folder, packed.trim().split("\n").at(-1) as string);
	write({ "package.json": JSON.stringify({ name: "a-device", version: "1.0.0", type: "module", main: "./main.js" }) });
	execute(folder, cache, "npm", ["install", "--ignore-scripts", tarball]);
	// What a user installs for an editor.
	mkdirSync(join(folder, "node_modules/@moddable"), { recursive: true });
	symlinkSync(join(root, "node_modules/@moddable/typings"), join(folder, "node_modules/@moddable/typings"));
	return {
		folder,
		tarball,
		write,
		run: (program, ...parameters) => execute(folder, cache, program, parameters),
		remove: () => rmSync(folder, { recursive: true, force: true })
	};
}

const typings = ["xs", "timer", "time", "Resource", "file", "flash", "net", "preference", "console", "global"];
const below = ["mc/config", "embedded_io/_common", "embedded_io/socket/tcp", "embedded_io/socket/listener"];

/** A tsconfig.json that lets an editor find types: those of the SDK by their files, those of the package by its name. */
export function tsconfigFor(files: string[]): string {
	const ofSDK = [...typings, ...below].map(path => `node_modules/@moddable/typings/${path}.d.ts`);
	const compilerOptions = {
		target: "ES2022",
		module: "ES2022",
		moduleResolution: "bundler",
		lib: ["ES2022"],
		types: [],
		strict: true,
		noEmit: true,
		skipLibCheck: true,
		allowJs: true,
		checkJs: true
	};
	return JSON.stringify({ compilerOptions, files: [...files, ...ofSDK] });
}

// The SDK's tools for a project: mcpack and mcconfig, and make.

import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../paths";
import type { Project } from "./project";

const sdk = process.env.MODDABLE ?? "";

/** Why there is nothing to build with; `undefined` when there is. */
export const whyNoSDK = process.env.MODDABLE === undefined ? "MODDABLE is not set" : undefined;

/** The SDK with a folder for what mcpack writes into it, so that it stays as it is. @returns its path */
function viewOfSDK(folder: string): string {
	const view = join(folder, "moddable");
	mkdirSync(join(view, "build/tmp"), { recursive: true });
	for (const part of ["", "build"])
		for (const name of readdirSync(join(sdk, part)).filter(each => each !== "build" && each !== "tmp"))
			symlinkSync(join(sdk, part, name), join(view, part, name));
	return view;
}

// Where the makefiles would look for ESP-IDF, which what is linked does not depend on.
const noIDF = ["IDF_PATH=/", "IDF_VERSION=v6.0", "SDKCONFIG_H="];

export class Builder {
	private readonly project: Project;
	private readonly view: string;

	constructor(project: Project) {
		this.project = project;
		this.view = viewOfSDK(project.folder);
	}

	private run(...words: string[]): void {
		const tools = join(this.view, "build/bin/lin/release");
		const path = `PATH=${tools}:${join(root, "node_modules/.bin")}:${process.env.PATH}`;
		this.project.run("env", `MODDABLE=${this.view}`, path, ...words);
	}

	/** Has `tool` write the makefile for a platform. @returns its folder, which is `out` of it */
	configure(tool: readonly string[], platform: string, out: string): string {
		mkdirSync(join(this.project.folder, out));
		this.run(...tool, "-p", platform, "-t", "build", "-o", join(this.project.folder, out));
		const all = readdirSync(join(this.project.folder, out, "tmp"), { recursive: true, encoding: "utf8" });
		const makefile = all.find(path => /release\/[^/]+\/makefile$/.test(path)) as string;
		return join(this.project.folder, out, "tmp", dirname(makefile));
	}

	/** Has XS link the modules, without C. @returns what comes of it, in C */
	link(folder: string): string {
		this.run("make", "-j2", "-f", join(folder, "makefile"), ...noIDF, join(folder, "mc.xs.c"));
		return readFileSync(join(folder, "mc.xs.c"), "latin1");
	}

	/** Compiles the C of the package, behind what XS links, or with `whole` all that there is, to an application. */
	build(folder: string, whole: boolean): void {
		const makefile = readFileSync(join(folder, "makefile"), "utf8");
		const objects = [...makefile.matchAll(/^\$\(TMP_DIR\)\/(tls-[\w-]+\.c\.o): /gm)].map(([, name]) => name as string);
		if (objects.length < 50) throw new Error(`the makefile has ${objects.length} objects of the package`);
		const goals = whole ? ["build"] : objects.map(name => join(folder, name));
		this.run("make", "-j2", "-f", join(folder, "makefile"), ...goals);
	}
}

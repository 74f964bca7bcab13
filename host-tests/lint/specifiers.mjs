// What the specifiers of imports stand for.
import { existsSync, readdirSync } from "node:fs";
import { posix } from "node:path";

/** A folder for each platform, of which the manifest chooses one to be the module. */
export const chosen = { "platform/limits": "modules/platform/desk/limits" };
const modules = existsSync("modules") ? readdirSync("modules").map(name => name.replace(/\.d\.ts$/, "")) : [];

const isBuilt = /(?:^|\/)node_modules\//;

const isSource = /\.[cm]?[jt]sx?$/;
// modules/ has rules of its own.
const notSource = ["build", "dist", "node_modules", "modules"];

// The files of TypeScript or JavaScript, and declarations, in a folder and below it.
function allFilesIn(folder) {
	return readdirSync(folder, { recursive: true })
		.filter(name => isSource.test(name) && !isBuilt.test(name))
		.sort();
}

/** Those that are of no module: at the top of the tree (but the firmware's TypeScript), and in its folders but modules/. */
export function filesOutside() {
	const entries = readdirSync(".", { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
	const folders = entries.filter(each => each.isDirectory() && !notSource.includes(each.name)).map(({ name }) => name);
	const own = entries.filter(each => each.isFile() && isSource.test(each.name)).map(({ name }) => name);
	return [
		...own.filter(name => !name.endsWith(".ts") || name.endsWith(".d.ts")),
		...folders.flatMap(folder => allFilesIn(folder).map(name => posix.join(folder, name)))
	];
}

/** The TypeScript files in a folder and below it, or in it alone; without declarations. */
export function filesIn(folder, { recursive }) {
	return readdirSync(folder, { recursive })
		.filter(name => name.endsWith(".ts") && !name.endsWith(".d.ts"))
		.sort();
}

/**
 * The module and the name in it that a specifier in `path` stands for: `modules/tls` and `connection/pump`. `undefined` when
 * it is of no module here. What is not in modules/ is of the module that its folder is, "." for the firmware.
 */
export function resolve(path, specifier) {
	const isRelative = specifier.startsWith(".");
	const place = isRelative ? posix.join(posix.dirname(path), specifier) : posix.join("modules", specifier);
	const full = (chosen[specifier] ?? place).replace(/\.[cm]?[jt]sx?$/, "");
	const [, module, name = ""] = /^(?:build\/js\/)?modules\/([^/]+)(?:\/(.*))?$/.exec(full) ?? [];
	if (modules.includes(module)) return { module: `modules/${module}`, name };
	return isRelative ? { module: posix.dirname(full), name: posix.basename(full) } : undefined;
}

/** The room that a name in a module stands in; `undefined` for what stands at the module's top, its face. */
export const roomOf = name => (name.includes("/") ? name.slice(0, name.indexOf("/")) : undefined);

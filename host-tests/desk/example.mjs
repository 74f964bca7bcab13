// How an example runs on the desk: node example.mjs NAME PORT [KEY=VALUE]... prints the desk's command line, node example.mjs NAME PORT --try how it is
// tried; without NAME it lists them.
//
// manifest.json says which resources it has; what is imported says whether the SDK's clients are needed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { moduleOptions } from "../modules.cjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folderOf = name => join("examples", name);
const read = path => readFileSync(join(root, path), "utf8");

/** All examples, each with the first line of its README behind the title. */
export function listExamples() {
	const names = readdirSync(join(root, "examples")).filter(name =>
		existsSync(join(root, folderOf(name), "manifest.json"))
	);
	return names.map(name => [name, read(join(folderOf(name), "README.md")).split("\n")[2]]);
}

/** Whether it is JavaScript for one of the SDK's clients. */
export const isScript = name => existsSync(join(root, folderOf(name), "main.js"));

/** Whether it has a client of the SDK's that the desk takes from there. Of HTTP it has one of its own. */
export const needsSDK = name =>
	isScript(name) && read(join(folderOf(name), "main.js")).includes("embedded:network/mqtt");

/** Folders of resources, with the prefix that names have, as the manifest's `data` has them. */
function resourceOptions(name) {
	const { data = {} } = JSON.parse(read(join(folderOf(name), "manifest.json")));
	const folders = Object.entries(data).flatMap(([target, sources]) =>
		[sources].flat().map(source => `${target.replace("*", "")}=${normalize(join(folderOf(name), dirname(source)))}`)
	);
	return [...new Set(folders)].flatMap(each => ["--resource", each.replace(/^=/, "")]);
}

function sdkOptions() {
	const sdk = process.env.MODDABLE;
	if (sdk === undefined)
		throw new Error("MODDABLE is not set, and this example runs the SDK's client. Get version 8.2 of the Moddable SDK");
	const modules = {
		"sdk/": relative(root, join(sdk, "examples/io/tcp")),
		"embedded:network/http/": "host-tests/desk/sdk-names/http",
		"embedded:network/mqtt/": "host-tests/desk/sdk-names/mqtt",
		"programs/": "host-tests/desk/programs"
	};
	const options = Object.entries(modules).flatMap(([prefix, folder]) => ["--module", `${prefix}=${folder}`]);
	return [...options, "--preload", "programs/sdk-built-ins"];
}

/** On a desk without radio, where no network is joined by itself. */
const radioOptions = name =>
	isScript(name) || !read(join(folderOf(name), "main.ts")).includes('from "provisioning/')
		? []
		: ["--module", "wifi=build/js/host-tests/programs/provisioning/wifi"];

/** The desk's options without mc/config, and the module that is run, all relative to the repository. */
export function optionsFor(name, limits = "desk") {
	// Where there is an SDK, its own client is what an example is tried with.
	const hasSDK = needsSDK(name) || (isScript(name) && process.env.MODDABLE !== undefined);
	return {
		main: join(isScript(name) ? "" : "build/js", folderOf(name), "main.js"),
		options: [
			...moduleOptions(limits),
			...radioOptions(name),
			...(hasSDK ? sdkOptions() : []),
			...resourceOptions(name)
		]
	};
}

/** What its README has behind the line that starts it. */
function tryLines(name, port) {
	const [, block = ""] = /^```sh\n(.*?)^```/ms.exec(read(join(folderOf(name), "README.md"))) ?? [];
	const lines = block.trim().split("\n").slice(1);
	const shown = lines.map(line => `Try:   ${line.replaceAll("8443", port)}`);
	return ["", ...shown, `See:   ${folderOf(name)}/README.md`, "Stop:  Ctrl-C", ""].join("\n");
}

function list() {
	const all = listExamples();
	return all.map(([name, text]) => `  make example NAME=${name.padEnd(16)} ${text}`).join("\n");
}

/** @returns the command line of the desk, without its program */
function commandLine(name, port, pairs) {
	if (!listExamples().some(([each]) => each === name)) throw new Error(`There is no example "${name}":\n${list()}`);
	const { main, options } = optionsFor(name);
	const config = [`port=${port}`, ...pairs].flatMap(pair => ["--config", pair]);
	return [...options, ...config, main].join(" ");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [, , name, port, ...pairs] = process.argv;
	try {
		if (pairs[0] === "--try") console.log(tryLines(name, port));
		else console.log(name ? commandLine(name, port, pairs) : `Examples:\n${list()}`);
	} catch (error) {
		console.error(error.message);
		process.exit(1);
	}
}

// Makes build/dashboard of the files beside it: the page, one script (these and uPlot), one style sheet. `make dashboard` runs it.
//
// Script and style sheet are compressed, and the page names them by a hash, so that browsers keep them until they are others.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { minifySync, transformSync } from "@swc/core";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "build/dashboard");
/** Bytes of all together, at most. */
const MOST = 40_000;
/** Each behind those that it imports. */
const modules = ["format", "elements", "samples", "charts", "live", "firmware", "panels", "renewal", "main"];
const read = path => readFileSync(join(root, path), "utf8");

/** The module without imports and exports: all stand in one scope. What is imported as `format.x` is there as an object. */
function inline(name) {
	const { code } = transformSync(read(`dashboard/${name}.ts`), {
		jsc: { parser: { syntax: "typescript" }, target: "es2022" }
	});
	const text = code.replace(/^import [^;]*;$/gm, "").replace(/^export (?!default)/gm, "");
	if (name !== "format") return text;
	const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, each]) => each);
	return `const format = (() => {${text}return { ${names.join(", ")} };})();`;
}

function script() {
	const text = modules.map(inline).join("\n");
	const { code } = minifySync(text, { module: true, compress: { passes: 2 }, mangle: { toplevel: true } });
	return `${read("node_modules/uplot/dist/uPlot.iife.min.js")}\n${code}`;
}

function style() {
	const text = read("dashboard/style.css")
		.replace(/\s+/g, " ")
		.replace(/ ?([{};,]) ?/g, "$1");
	return read("node_modules/uplot/dist/uPlot.min.css") + text.replaceAll(": ", ":");
}

const files = { "app.js": script(), "app.css": style() };
let page = read("dashboard/index.html");
const made = `${out}-${process.pid}`;
rmSync(made, { recursive: true, force: true });
mkdirSync(made, { recursive: true });
let sum = 0;
function write(name, bytes) {
	sum += bytes.length;
	writeFileSync(join(made, name), bytes);
}
for (const [name, text] of Object.entries(files)) {
	page = page.replace(`"${name}"`, `"${name}?${createHash("sha256").update(text).digest("hex").slice(0, 8)}"`);
	write(`${name}.gz`, gzipSync(text, { level: 9 }));
}
write("index.html", Buffer.from(page));
if (sum > MOST) throw new Error(`The dashboard has ${sum} bytes, of ${MOST} at most`);
rmSync(out, { recursive: true, force: true });
renameSync(made, out);
console.log(`dashboard: ${sum} bytes in build/dashboard`);

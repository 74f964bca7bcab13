// Fails when a module has what costs a device flash, and could be written without (docs/device.md, Flash):
// - a function that is declared at the module's level: it has an object for its prototype, and a home that it shares with no
//   other. An arrow function has neither, and is 64 bytes of flash less. Those stay that an arrow cannot be: with a `this`, as
//   natives have, with overloads, `async` or a generator, and those of which TypeScript has to know that they do not return;
// - a RegExp: without any a firmware leaves out code of XS (text/characters.ts).
//
// Looked at is what devices run: modules and the demo.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "@swc/core";

const problems = [];

const parse = source => parseSync(source, { syntax: "typescript", target: "es2022" }).body;
const declarationsIn = body => body.map(item => item.declaration ?? item.decl ?? item);

// All nodes below one.
function* nodesIn(node) {
	if (node === null || typeof node !== "object") return;
	if (typeof node.type === "string") yield node;
	for (const child of Object.values(node)) yield* nodesIn(child);
}

// Whether TypeScript has to be told by the declaration itself: a call of it ends what comes behind, or says what something is.
const tellsFlow = ({ returnType }) => {
	const annotation = returnType?.typeAnnotation;
	return annotation?.kind === "never" || (annotation?.type === "TsTypePredicate" && annotation.asserts);
};

const isOfThis = node =>
	node.type === "ThisExpression" ||
	(node.type === "Identifier" && (node.value === "this" || node.value === "arguments"));

function couldBeArrow(node, declared) {
	const { identifier, async, generator, body, params } = node;
	if (async || generator || body == null || tellsFlow(node)) return false;
	if (declared.filter(name => name === identifier.value).length > 1) return false;
	return ![...nodesIn(params), ...nodesIn(body)].some(isOfThis);
}

const isRegExp = ({ type, callee }) =>
	type === "RegExpLiteral" || (/^(New|Call)Expression$/.test(type) && callee.value === "RegExp");

function checkModule(path) {
	const source = readFileSync(path);
	// swc counts bytes over all that it has ever parsed.
	const start = parseSync("").span.end;
	const statements = declarationsIn(parse(source.toString()));
	const report = (what, { span }) => {
		const before = source.subarray(0, span.start - start).toString();
		problems.push(`${path}:${before.split("\n").length} ${what}`);
	};
	const functions = statements.filter(({ type }) => type === "FunctionDeclaration");
	const declared = functions.map(({ identifier }) => identifier.value);
	for (const node of functions)
		if (couldBeArrow(node, declared))
			report(`declares ${node.identifier.value}(), which could be an arrow function`, node);
	for (const node of nodesIn(statements)) if (isRegExp(node)) report("has a RegExp", node);
}

let files = 0;
for (const folder of ["modules", "."])
	for (const name of readdirSync(folder, { recursive: folder !== "." }).sort()) {
		if (!name.endsWith(".ts") || name.endsWith(".d.ts")) continue;
		checkModule(posix.join(folder, name));
		files++;
	}

if (problems.length > 0) {
	console.error(problems.join("\n"));
	process.exit(1);
}
console.log(`flash: ${files} modules have nothing that takes flash for no use`);

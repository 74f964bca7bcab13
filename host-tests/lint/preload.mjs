// Fails when a module does while it is loaded what cannot be preloaded (docs/device.md): mcconfig runs modules on the build
// machine and puts what they have made into flash.
//
// Looked at are the module's level, static fields and static blocks, and functions of the same file that are called there or
// handed over, which none but functions written there or named in the file are; a call of anything else but a few built-in
// functions, and methods of what is seen to be an array or a string, is refused, for who knows what it does. Refused are
// a RegExp (the SDK 8.2.3 corrupts its heap when it is used later), a timer, a native, an instance of a class; a `var`, or
// a `let` with a value (without one it is for what is made when it is first asked for, and takes an alias of RAM); an enum
// or namespace; a constant or static field that can be changed, with all that is in it (frozen.mjs), and a generator whose
// prototype is not frozen: what can be changed takes RAM.
//
// Not looked at: what runs without a call that is written, as a getter, an iterator, a toString or a hasInstance of the file's
// own does, and whether what a function is called with is of the type that its parameter has.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "@swc/core";
import { checkFrozen, madeIn, toFreeze } from "./frozen.mjs";
import { declarationsIn, isBuiltIn, Loading, parse } from "./loading.mjs";

// Whose modules are preloaded. main.ts is not: it runs on the device.
const folders = ["modules", "."];
const notPreloaded = ["main.ts"];
const problems = [];

// The generators that a statement declares, by the expression that stands for each.
function generatorsOf({ type, identifier, generator, body }) {
	if (type === "FunctionDeclaration") return generator ? [[identifier.value, identifier]] : [];
	if (type !== "ClassDeclaration" && type !== "ClassExpression") return [];
	return body
		.filter(({ type, function: method }) => type === "ClassMethod" && method.generator)
		.map(({ key, isStatic }) => {
			const { object, property } = key.expression ?? {};
			const place = key.type === "Computed" ? `[${object.value}.${property.value}]` : `.${key.value}`;
			return [`${identifier.value}${isStatic ? "" : ".prototype"}${place}`, key];
		});
}

// What a statement makes that can be changed.
function checkState(report, fixed, statement, freezes) {
	if (statement.type === "VariableDeclaration")
		for (const { id, init } of statement.declarations) {
			if (statement.kind === "var" || (statement.kind === "let" && init != null))
				report(`has a ${statement.kind} with a value at module level`, statement);
			for (const node of [init, ...madeIn(id)]) checkFrozen(report, fixed, node, freezes.get(id.value));
		}
	if (statement.type === "ExportDefaultExpression") checkFrozen(report, fixed, statement.expression);
	if (statement.type === "TsEnumDeclaration") report("has an enum", statement);
	if (statement.type === "TsModuleDeclaration" && !statement.declare && !statement.global)
		report("has a namespace", statement);
}

function checkModule(path) {
	const source = readFileSync(path);
	// swc counts bytes over all that it has ever parsed.
	const start = parseSync("").span.end;
	const body = parse(source.toString());
	const report = (what, { span }) => {
		const line = source
			.subarray(0, span.start - start)
			.toString()
			.split("\n").length;
		problems.push(`${path}:${line} ${what}`);
	};
	const statements = declarationsIn(body);
	const loading = new Loading(path, report, statements);
	const calls = statements.map(({ type, expression }) => type === "ExpressionStatement" && toFreeze(expression));
	const freezes = new Map(calls.filter(Boolean).map(call => [call.arguments[0].expression.value, call]));
	for (const [name, node] of statements.flatMap(generatorsOf))
		if (!source.includes(`\nObject.freeze(${name}.prototype);`)) report(`wants Object.freeze(${name}.prototype)`, node);
	for (const name of loading.names())
		if (isBuiltIn(name)) report(`has a ${name} of its own, by which built-in ones are not known`, body[0]);
	for (const statement of statements) {
		checkState(report, loading.fixed, statement, freezes);
		loading.visit(statement);
	}
}

let files = 0;
for (const folder of folders) {
	for (const name of readdirSync(folder, { recursive: folder !== "." }).sort()) {
		if (!name.endsWith(".ts") || name.endsWith(".d.ts") || notPreloaded.includes(name)) continue;
		checkModule(posix.join(folder, name));
		files++;
	}
}

if (problems.length > 0) {
	console.error(problems.join("\n"));
	process.exit(1);
}
console.log(`preload: ${files} modules can be preloaded`);

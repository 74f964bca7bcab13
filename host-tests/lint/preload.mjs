// Fails when a module does while it is loaded what cannot be preloaded (docs/device.md): mcconfig runs modules on the build
// machine and puts what they have made into flash.
//
// Looked at are the module's level, static fields and static blocks, and functions of the same file that are called there or
// handed over; a call of anything else but a few built-in functions is refused, for who knows what it does. Refused are
// a RegExp (the SDK 8.2.3 corrupts its heap when it is used later), a timer, a native, an instance of a class; a `var`, or
// a `let` with a value (without one it is for what is made when it is first asked for, and takes an alias of RAM); an
// object or array that is not frozen, with all that is in it, and a generator whose prototype is not: what can be changed
// takes RAM.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "@swc/core";

// Whose modules are preloaded. main.ts is not: it runs on the device.
const folders = ["modules", "."];
const notPreloaded = ["main.ts"];
const problems = [];
// What the linker of XS can put into flash, beside objects, arrays, classes and functions.
const storable = /^(\w+Array|ArrayBuffer|DataView|Map|Set)$/;

const isFunction = node =>
	/^((Arrow)?Function(Expression|Declaration)|Constructor|(Class|Private)Method|(Method|Getter|Setter)Property)$/.test(
		node?.type
	);

// An expression without what only the compiler sees.
function bare(node) {
	let inner = node;
	while (
		/^(Ts(As|Const|Satisfies|NonNull)|TsConstAssertion|Parenthesis)Expression$|^TsConstAssertion$/.test(inner?.type)
	)
		inner = inner.expression;
	return inner;
}

const isLiteral = node => ["ObjectExpression", "ArrayExpression"].includes(bare(node)?.type);

// The call of Object.freeze that a node is; undefined when it is another.
function toFreeze(node) {
	const call = bare(node);
	const callee = call?.type === "CallExpression" ? call.callee : undefined;
	const isFreeze =
		callee?.type === "MemberExpression" && callee.object.value === "Object" && callee.property.value === "freeze";
	return isFreeze ? call : undefined;
}

const elements = node =>
	(node.type === "ArrayExpression" ? node.elements : node.properties).map(each => each?.expression ?? each?.value);

// `later` is the call of Object.freeze that a statement of its own is.
function checkFrozen(report, node, later) {
	const own = toFreeze(node);
	const freeze = own ?? later;
	if (freeze === undefined) {
		if (isLiteral(node)) report("is not frozen", bare(node));
		return;
	}
	const [first, deep] = freeze.arguments.map(({ expression }) => bare(expression));
	const table = own ? first : bare(node);
	if (isLiteral(table) && elements(table).some(isLiteral) && deep?.value !== true)
		report("is not frozen deeply", freeze);
}

// What may be called while a module is loaded, beside functions of its own: Native makes a class of which no object is made.
const callable = ["Native", "String", "Number"];
const callableOfGlobals = Object.assign(Object.create(null), {
	Object: ["freeze", "entries", "keys", "values", "fromEntries"],
	String: ["fromCharCode"],
	Math: ["max", "min"]
});
// Methods of arrays and strings.
const callableMethods = [
	...["charAt", "charCodeAt", "concat", "fill", "filter", "flatMap", "forEach", "includes", "indexOf", "join", "map"],
	...["padStart", "push", "reduce", "slice", "split", "toLowerCase", "toString", "toUpperCase", "trim"]
];

// The name of what is called; undefined when that may be called.
function strangerIn({ type, callee }, functions) {
	if (type === "TaggedTemplateExpression") return "a tag of a template";
	if (type !== "CallExpression") return undefined;
	const called = bare(callee);
	if (isFunction(called)) return undefined;
	if (called.type === "Identifier")
		return functions.has(called.value) || callable.includes(called.value) ? undefined : called.value;
	if (called.type !== "MemberExpression") return "what is no name";
	const { object, property } = called;
	const ofGlobal = callableOfGlobals[object.value];
	return (ofGlobal ?? callableMethods).includes(property.value)
		? undefined
		: `${object.value ?? "…"}.${property.value ?? "…"}`;
}

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

// What a node may not do while the module is loaded; `undefined` for what it may.
function refusal(node) {
	const { type, callee } = node;
	if (type === "RegExpLiteral" || (/^(New|Call)Expression$/.test(type) && callee.value === "RegExp"))
		return "makes a RegExp while it is loaded";
	if (type === "NewExpression" && !storable.test(callee.value))
		return `makes a ${callee.value ?? "new object"} while it is loaded`;
	if (type !== "CallExpression") return undefined;
	if (callee.type === "MemberExpression" && callee.object.value === "Timer") return "sets a timer while it is loaded";
	const isNative = callee.type === "MemberExpression" && callee.object.callee?.value === "native";
	return isNative ? "calls a native while it is loaded" : undefined;
}

class Loading {
	constructor(report, statements) {
		this.report = report;
		this.functions = functionsIn(statements);
		this.imported = importedBy(statements);
		this.called = new Set();
	}

	// Visits what runs while the module is loaded: not the bodies of functions, but of those that are called or handed over.
	visit(node) {
		if (node === null || typeof node !== "object") return;
		if (Array.isArray(node)) for (const each of node) this.visit(each);
		else if (node.type === "ClassProperty" || node.type === "PrivateProperty") this.visitField(node);
		else if (!isFunction(node)) this.visitNode(node);
	}

	visitNode(node) {
		const why = typeof node.type === "string" ? (refusal(node) ?? this.refuseStranger(node)) : undefined;
		if (why !== undefined) this.report(why, node);
		if (node.type === "CallExpression") this.visitCall(node);
		for (const child of Object.values(node)) this.visit(child);
	}

	refuseStranger(node) {
		const stranger = strangerIn(node, this.functions);
		return stranger && `calls ${stranger} while it is loaded, which is no function of this file`;
	}

	visitField(node) {
		if (!node.isStatic) return;
		checkFrozen(this.report, node.value);
		this.visit(node.value);
	}

	visitCall({ callee, arguments: handed }) {
		const given = handed.map(({ expression }) => bare(expression));
		for (const node of given.filter(({ value }) => this.imported.has(value)))
			this.report(`hands over ${node.value} while it is loaded, which is no function of this file`, node);
		for (const node of [bare(callee), ...given]) {
			const { body } = isFunction(node) ? node : (this.functions.get(node.value) ?? {});
			if (body === undefined || this.called.has(body)) continue;
			this.called.add(body);
			this.visit(body);
		}
	}
}

// The functions of a file by name, declared or as a const.
function functionsIn(statements) {
	const constants = statements
		.filter(({ type }) => type === "VariableDeclaration")
		.flatMap(({ declarations }) => declarations)
		.map(({ id, init }) => [id.value, bare(init)]);
	const declared = statements.map(each => [each.identifier?.value, each]);
	return new Map([...constants, ...declared].filter(([, node]) => isFunction(node)));
}

function importedBy(statements) {
	const specifiers = statements.filter(({ type }) => type === "ImportDeclaration").flatMap(each => each.specifiers);
	return new Set(specifiers.map(({ local }) => local.value));
}

function checkModule(path) {
	const source = readFileSync(path);
	// swc counts bytes over all that it has ever parsed.
	const start = parseSync("").span.end;
	const { body } = parseSync(source.toString(), { syntax: "typescript", target: "es2022" });
	const report = (what, { span }) => {
		const line = source
			.subarray(0, span.start - start)
			.toString()
			.split("\n").length;
		problems.push(`${path}:${line} ${what}`);
	};
	const statements = body.map(item => item.declaration ?? item.decl ?? item);
	const loading = new Loading(report, statements);
	const calls = statements.map(({ type, expression }) => type === "ExpressionStatement" && toFreeze(expression));
	const freezes = new Map(calls.filter(Boolean).map(call => [call.arguments[0].expression.value, call]));
	for (const [name, node] of statements.flatMap(generatorsOf))
		if (!source.includes(`\nObject.freeze(${name}.prototype);`)) report(`wants Object.freeze(${name}.prototype)`, node);
	for (const statement of statements) {
		if (statement.type === "VariableDeclaration") {
			for (const { id, init } of statement.declarations) {
				if (statement.kind === "var" || (statement.kind === "let" && init != null))
					report(`has a ${statement.kind} with a value at module level`, statement);
				checkFrozen(report, init, freezes.get(id.value));
			}
		}
		if (statement.type === "ExportDefaultExpression") checkFrozen(report, statement.expression);
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

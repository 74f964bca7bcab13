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
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "@swc/core";
import { boundInside, changedBy } from "./bindings.mjs";
import { bare, Constants, isFunction, madeIn, storable, toFreeze } from "./frozen.mjs";
import { resolve } from "./specifiers.mjs";

// Whose modules are preloaded. main.ts is not: it runs on the device.
const folders = ["modules", "."];
const notPreloaded = ["main.ts"];
const problems = [];

// `later` is the call of Object.freeze that a statement of its own is.
function checkFrozen(report, constants, node, later) {
	const freeze = toFreeze(node) ?? later;
	if (freeze === undefined) {
		if (!constants.isFixed(node)) report("is not frozen", bare(node));
		return;
	}
	const [, deep] = freeze.arguments.map(({ expression }) => bare(expression));
	const table = later && freeze === later ? node : freeze.arguments[0].expression;
	if (deep?.value !== true && !constants.areFixedIn(table)) report("is not frozen deeply", freeze);
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
	...["charAt", "charCodeAt", "concat", "every", "fill", "filter", "flatMap", "forEach", "includes", "indexOf", "join"],
	...["map", "padStart", "push", "reduce", "slice", "some", "split", "toLowerCase", "toString", "toUpperCase", "trim"]
];

const isBuiltIn = name =>
	callable.includes(name) || name in callableOfGlobals || storable.test(name) || name === "RegExp";

// Those that call what is handed over first.
const callers = ["every", "filter", "flatMap", "forEach", "map", "reduce", "some"];
const isPlain = node =>
	/^(Array|Template|Binary|New)Expression$|^TemplateLiteral$|^(String|Numeric)Literal$/.test(node.type);

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

const handsOver = name => `hands over ${name} while it is loaded, which is no function of this file`;

const parse = source => parseSync(source, { syntax: "typescript", target: "es2022" }).body;
const declarationsIn = body => body.map(item => item.declaration ?? item.decl ?? item);

class Loading {
	constructor(path, report, statements) {
		this.path = path;
		this.report = report;
		this.constants = constantsIn(statements);
		this.bound = boundInside(statements);
		this.functions = functionsIn(statements, this.constants);
		for (const name of this.bound.keys()) this.functions.delete(name);
		this.fixed = new Constants(this.constants, this.functions);
		this.imported = importedBy(statements);
		this.declared = new Set(statements.map(each => each.identifier?.value));
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
		const changed = changedBy(node);
		if (changed && !this.isOwn(bare(changed))) this.report("assigns to what is the module's while it is loaded", node);
		for (const child of Object.values(node)) this.visit(child);
	}

	refuseStranger(node) {
		const stranger = this.strangerIn(node);
		return stranger && `calls ${stranger} while it is loaded, which is no function of this file`;
	}

	// The name of what is called; undefined when that may be called.
	strangerIn(node) {
		const { type, callee } = node;
		if (type === "TaggedTemplateExpression") return "a tag of a template";
		if (type !== "CallExpression" || this.isOfPrototype(node)) return undefined;
		const called = bare(callee);
		if (isFunction(called)) return undefined;
		if (called.type === "Identifier")
			return this.functions.has(called.value) || callable.includes(called.value) ? undefined : called.value;
		if (called.type !== "MemberExpression") return "what is no name";
		const { object, property } = called;
		const ofGlobal = callableOfGlobals[object.value];
		const isKnown = ofGlobal ? ofGlobal.includes(property.value) : this.isKnownMethod(called);
		return isKnown ? undefined : `${object.value ?? "…"}.${property.value ?? "…"}`;
	}

	// Object.assign(Name.prototype, …): what objects of a class of this file have alike.
	isOfPrototype({ callee, arguments: handed }) {
		const { object, property } = bare(callee);
		const prototype = bare(handed[0]?.expression ?? callee);
		if (object?.value !== "Object" || property.value !== "assign") return false;
		return prototype.property?.value === "prototype" && this.declared.has(prototype.object.value);
	}

	// A method of an array or string: of what is seen to be one, of what a call gives that is allowed itself, or of a parameter
	// or variable of a function, which is what its type says.
	isKnownMethod({ object, property }) {
		if (!callableMethods.includes(property.value)) return false;
		const owner = bare(object);
		if (owner.type === "Identifier") return this.isPlainName(owner.value, property.value === "push");
		if (owner.type === "MemberExpression") return !this.isOfModule(owner);
		return isPlain(owner) || owner.type === "CallExpression";
	}

	isOfModule(node) {
		const owner = bare(node);
		if (owner.type === "MemberExpression") return this.isOfModule(owner.object);
		return owner.type !== "Identifier" || this.isAtModuleLevel(owner.value);
	}

	// A variable of a function, and what is in one that the function has made. Others may stand for what is the module's.
	isOwn({ type, value, object }) {
		if (type === "MemberExpression") return this.bound.get(bare(object).value) === true && !this.isOfModule(object);
		return type === "Identifier" && !this.isAtModuleLevel(value);
	}

	names() {
		return new Set([...this.constants.keys(), ...this.imported.keys(), ...this.declared, ...this.bound.keys()]);
	}

	isAtModuleLevel(name) {
		return this.constants.has(name) || this.imported.has(name) || this.declared.has(name);
	}

	// Nothing of the module's level is changed by calls.
	isPlainName(name, isChanged) {
		if (!this.isAtModuleLevel(name)) return true;
		const value = this.imported.has(name) ? this.importedValue(this.imported.get(name)) : this.constants.get(name);
		const table = toFreeze(value)?.arguments[0].expression ?? value;
		return !isChanged && table !== undefined && isPlain(bare(table));
	}

	// What a name stands for in the file that exports it.
	importedValue({ specifier, name }) {
		const target = resolve(this.path, specifier);
		const path = target && `${posix.join(target.module, target.name)}.ts`;
		return path && existsSync(path)
			? constantsIn(declarationsIn(parse(readFileSync(path, "utf8")))).get(name)
			: undefined;
	}

	visitField(node) {
		if (!node.isStatic) return;
		if (!node.readonly) this.report("has a static field that is not readonly", node);
		checkFrozen(this.report, this.fixed, node.value);
		this.visit(node.value);
	}

	visitCall({ callee, arguments: handed }) {
		const given = handed.map(({ expression }) => bare(expression));
		for (const node of given.filter(({ value }) => this.imported.has(value))) this.report(handsOver(node.value), node);
		if (given.some(({ value, type }) => type === "Identifier" && value === "RegExp"))
			this.report(handsOver("RegExp"), callee);
		const called = bare(callee);
		if (called.type === "MemberExpression" && callers.includes(called.property.value)) this.checkHanded(given[0]);
		for (const node of [called, ...given]) {
			const { body, async, generator } = isFunction(node) ? node : (this.functions.get(node.value) ?? {});
			if (async || generator) this.report("calls an async function or a generator while it is loaded", callee);
			if (body === undefined || this.called.has(body)) continue;
			this.called.add(body);
			this.visit(body);
		}
	}

	checkHanded(node) {
		if (node === undefined || isFunction(node) || this.imported.has(node.value)) return;
		if (node.type === "Identifier" && (this.functions.has(node.value) || callable.includes(node.value))) return;
		const name = node.property ? `${node.object.value ?? "…"}.${node.property.value ?? "…"}` : node.value;
		this.report(handsOver(name ?? "…"), node);
	}
}

// The constants of a file by name.
function constantsIn(statements) {
	const declarations = statements
		.filter(({ type }) => type === "VariableDeclaration")
		.flatMap(each => each.declarations);
	return new Map(declarations.map(({ id, init }) => [id.value, init]));
}

// The functions of a file by name, declared or as a const.
function functionsIn(statements, constants) {
	const declared = statements.map(each => [each.identifier?.value, each]);
	const named = [...constants].map(([name, init]) => [name, bare(init)]);
	return new Map([...named, ...declared].filter(([, node]) => isFunction(node)));
}

function importedBy(statements) {
	const declarations = statements.filter(({ type }) => type === "ImportDeclaration");
	return new Map(
		declarations.flatMap(({ specifiers, source }) =>
			specifiers.map(({ local, imported }) => [
				local.value,
				{ specifier: source.value, name: imported?.value ?? local.value }
			])
		)
	);
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

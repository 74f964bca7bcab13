// What runs while a module is loaded, and what it may not do then (preload.mjs).
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "@swc/core";
import { boundInside, changedBy } from "./bindings.mjs";
import { bare, Constants, checkFrozen, isFunction, storable, toFreeze } from "./frozen.mjs";
import { resolve } from "./specifiers.mjs";

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

export const isBuiltIn = name =>
	callable.includes(name) || name in callableOfGlobals || storable.test(name) || name === "RegExp";

// Those that call what is handed over first.
const callers = ["every", "filter", "flatMap", "forEach", "map", "reduce", "some"];
const isPlain = node =>
	/^(Array|Template|Binary|New)Expression$|^TemplateLiteral$|^(String|Numeric)Literal$/.test(node.type);

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

export const parse = source => parseSync(source, { syntax: "typescript", target: "es2022" }).body;
export const declarationsIn = body => body.map(item => item.declaration ?? item.decl ?? item);

export class Loading {
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

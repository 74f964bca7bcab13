// What a TypeScript or JavaScript file imports, by its syntax tree: statements, re-exports, calls of import() and require(),
// types, jest's mocks, and the modules that it declares. `require` and `jest` as values may become any of these under
// another name, and count as an import of what is computed.
import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

// Methods that load a module, or one in its place.
const loaders =
	/^(?:require(?:Actual|Mock)?|import(?:Now)?|(?:do|dont|un|deepUn|set)?[mM]ock|unstable_\w*[mM]ock\w*|createMockFromModule)$/;
// Those that stand for nothing else where they are not called.
const always = /^(?:require(?:Actual|Mock)?|import(?:Now)?|createRequire|jest)$/;
const wrappers =
	/^(?:Parenthesis|Ts(?:As|NonNull|Satisfies|Const|TypeAssertion))Expression$|^Ts(?:TypeAssertion|ConstAssertion)$/;

const bare = node => (wrappers.test(node?.type) ? bare(node.expression) : node);
const isMember = node => node?.type === "MemberExpression";
const nameOf = property => property.value ?? textOf(property.expression);

// What a string says that is written out; null when it is computed.
function textOf(node) {
	const { type, value, quasis, expressions } = bare(node) ?? {};
	if (type === "StringLiteral") return value;
	return type === "TemplateLiteral" && expressions.length === 0 ? quasis[0].cooked : null;
}

function isImportCall({ type, callee }) {
	if (type !== "CallExpression") return false;
	const called = bare(callee);
	if (isMember(called)) return loaders.test(nameOf(called.property));
	return called.type === "Import" || (called.type === "Identifier" && called.value === "require");
}

function isWorker({ type, callee }) {
	if (type !== "NewExpression") return false;
	const called = bare(callee);
	return /^(?:Shared)?Worker$/.test(isMember(called) ? nameOf(called.property) : called.value);
}

// The specifier that a node imports; null when it is not written there; undefined when it imports nothing.
function specifierOf(node) {
	if (/^(Import|ExportNamed|ExportAll)Declaration$|^ExportDeclaration$/.test(node.type)) return node.source?.value;
	if (node.type === "TsImportType") return node.argument.value;
	if (node.type === "TsExternalModuleReference") return node.expression.value;
	if (node.type === "TsModuleDeclaration" && node.id.type === "StringLiteral") return node.id.value;
	if (isImportCall(node) || isWorker(node)) return textOf(node.arguments?.[0]?.expression);
	return isLoaderAsValue(node) ? null : undefined;
}

// Names that are looked up by those who have them. Where they are called or a member is taken of them, `visited` leaves them out.
function isLoaderAsValue(node) {
	if (node.type === "ImportSpecifier") return /^(?:jest|createRequire)$/.test(node.imported?.value);
	if (isMember(node)) return always.test(nameOf(node.property));
	if (/PatternProperty$/.test(node.type)) return always.test(node.key.value);
	return node.type === "Identifier" && /^(?:require|jest|createRequire)$/.test(node.value);
}

// The parts of a node that are looked at; not names that stand for themselves alone.
function partsOf(node) {
	if (Array.isArray(node)) return node;
	const { type } = node;
	if (type === "ImportDeclaration") return node.specifiers.filter(({ imported }) => imported);
	if (type === "ImportSpecifier") return [];
	if (isMember(node)) {
		const isKnown =
			node.object.value === "jest" ||
			(node.object.value === "require" && /^(?:resolve|main)$/.test(nameOf(node.property)));
		return [...(isKnown ? [] : [node.object]), ...(node.property.type === "Computed" ? [node.property] : [])];
	}
	const called = bare(node.callee);
	if (isImportCall(node)) return [...(isMember(called) ? partsOf(called) : []), ...node.arguments];
	return Object.entries(node).flatMap(([name, part]) => (name === "key" && part?.type === "Identifier" ? [] : [part]));
}

function* specifiersIn(node) {
	if (node === null || typeof node !== "object") return;
	if (typeof node.type === "string") {
		const specifier = specifierOf(node);
		if (specifier !== undefined) yield specifier;
	}
	for (const part of partsOf(node)) yield* specifiersIn(part);
}

const parse = path => parseSync(readFileSync(path, "utf8"), { syntax: "typescript", target: "es2022" }).body;

/** Whether the file takes declarations of another by a comment. */
export const hasReference = path => /^\s*\/\/\/\s*<reference\s[^>]*\bpath\s*=/m.test(readFileSync(path, "utf8"));

/** The specifiers in the file; null stands for one that is computed. */
export function importsOf(path) {
	return [...specifiersIn(parse(path))];
}

// By local name, what a file imports.
function importedBy(body) {
	const declarations = body.filter(({ type }) => type === "ImportDeclaration");
	return new Map(
		declarations.flatMap(({ specifiers, source, typeOnly }) =>
			specifiers.map(({ local, type, isTypeOnly }) => [
				local.value,
				{ specifier: source.value, isType: typeOnly || isTypeOnly === true, isAll: type === "ImportNamespaceSpecifier" }
			])
		)
	);
}

// The names whose values an expression has as they are: itself, a member of it, or spread into a table.
function namesPassedBy(expression) {
	const node = bare(expression);
	if (node?.type === "Identifier") return [node.value];
	if (isMember(node)) return namesPassedBy(node.object);
	if (node?.type === "CallExpression" && nameOf(bare(node.callee).property ?? {}) === "freeze")
		return namesPassedBy(node.arguments[0].expression);
	const parts = node?.elements ?? node?.properties ?? [];
	return parts
		.filter(part => part?.spread || part?.type === "SpreadElement")
		.flatMap(part => namesPassedBy(part.expression ?? part.arguments));
}

// With the constants of the file that are but other names of what is imported.
function withAliases(body, imported) {
	const known = new Map(imported);
	for (const { type, declaration, declarations } of body)
		if (/^(?:Variable|Export)Declaration$/.test(type))
			for (const { id, init } of declarations ?? declaration.declarations ?? [])
				for (const name of namesPassedBy(init)) if (known.has(name)) known.set(id.value, known.get(name));
	return known;
}

function* passedOn({ type, specifiers = [], source, typeOnly, expression, declaration }, imported) {
	if (type === "ExportDeclaration")
		for (const { id } of declaration.declarations ?? []) if (imported.has(id.value)) yield imported.get(id.value);
	if (type === "ExportAllDeclaration") yield { specifier: source.value, isType: typeOnly, isAll: true };
	if (type === "ExportDefaultExpression" && imported.has(bare(expression).value))
		yield imported.get(bare(expression).value);
	if (type !== "ExportNamedDeclaration") return;
	for (const { type: kind, orig, isTypeOnly } of specifiers) {
		const { isType, ...known } = source
			? { specifier: source.value, isAll: kind !== "ExportSpecifier" }
			: (imported.get(orig.value) ?? {});
		if (known.specifier) yield { ...known, isType: typeOnly || isTypeOnly || isType === true };
	}
}

/** What the file exports of others: their specifiers, whether a type alone, and whether all that is there. */
export function reexportsOf(path) {
	const body = parse(path);
	const imported = withAliases(body, importedBy(body));
	return body.flatMap(statement => [...passedOn(statement, imported)]);
}

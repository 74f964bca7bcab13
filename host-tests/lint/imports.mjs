// What a TypeScript file imports, by its syntax tree: statements, re-exports, calls of import() and require(), types.
import { readFileSync } from "node:fs";
import { parseSync } from "@swc/core";

function isImportCall({ type, callee }) {
	return type === "CallExpression" && (callee.type === "Import" || callee.value === "require");
}

// The specifier that a node imports; null when it is not written there; undefined when it imports nothing.
function specifierOf(node) {
	if (typeof node.type !== "string") return undefined;
	if (/^(Import|ExportNamed|ExportAll)Declaration$|^ExportDeclaration$/.test(node.type)) return node.source?.value;
	if (node.type === "TsImportType") return node.argument.value;
	if (node.type === "TsExternalModuleReference") return node.expression.value;
	if (!isImportCall(node)) return undefined;
	const { expression } = node.arguments[0] ?? {};
	return expression?.type === "StringLiteral" ? expression.value : null;
}

function* specifiersIn(node) {
	if (node === null || typeof node !== "object") return;
	if (!Array.isArray(node)) {
		const specifier = specifierOf(node);
		if (specifier !== undefined) yield specifier;
	}
	for (const child of Object.values(node)) yield* specifiersIn(child);
}

/** The specifiers in the file; null stands for one that is computed. */
export function importsOf(path) {
	return [...specifiersIn(parseSync(readFileSync(path, "utf8"), { syntax: "typescript", target: "es2022" }).body)];
}

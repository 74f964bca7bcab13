// Private names take flash: here those of every class are a, b, c …, so that all classes have the same ones.
import { parseSync, printSync } from "@swc/core";

const letters = "abcdefghijklmnopqrstuvwxyz";
const shortName = index => (index < 26 ? "" : shortName(Math.floor(index / 26) - 1)) + letters[index % 26];

/** Names of a class go on behind those of the classes around it, which its methods may use. A getter and its setter have one. */
function scopeOf(members, outer) {
	const own = new Set(members.flatMap(({ key }) => (key?.type === "PrivateName" ? [key.value] : [])));
	const names = new Map(outer.names);
	[...own].forEach((name, at) => {
		names.set(name, shortName(outer.count + at));
	});
	return { names, count: outer.count + own.size };
}

function rename(node, scope) {
	if (node === null || typeof node !== "object") return;
	if (node.type === "PrivateName") {
		node.value = scope.names.get(node.value);
		return;
	}
	const isClass = node.type === "ClassDeclaration" || node.type === "ClassExpression";
	const inner = isClass ? scopeOf(node.body, scope) : scope;
	for (const child of Object.values(node)) rename(child, inner);
}

/** The text of a module with short private names. */
export function shortenPrivateNames(text) {
	const module = parseSync(text, { syntax: "ecmascript", target: "es2022" });
	rename(module.body, { names: new Map(), count: 0 });
	return printSync(module).code;
}

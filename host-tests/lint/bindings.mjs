// The names that a file binds below its module's level: parameters, variables, functions and classes of functions and blocks.

const names = node => {
	switch (node?.type) {
		case "Identifier":
			return [node.value];
		case "ArrayPattern":
			return node.elements.flatMap(names);
		case "ObjectPattern":
			return node.properties.flatMap(names);
		case "AssignmentPatternProperty":
			return names(node.key);
		case "KeyValuePatternProperty":
			return names(node.value);
		case "AssignmentPattern":
			return names(node.left);
		case "RestElement":
			return names(node.argument);
		case "Parameter":
			return names(node.pat);
		default:
			return [];
	}
};

function boundBy(node) {
	const { type } = node;
	if (type === "VariableDeclarator") return names(node.id);
	if (type === "CatchClause") return names(node.param);
	if (type === "TsParameterProperty") return names(node.param);
	const own = /^(Function|Class)(Declaration|Expression)$/.test(type) ? names(node.identifier) : [];
	return [...own, ...(node.params ?? []).flatMap(names)];
}

// `new Uint8Array(4).fill(1)` too.
function isNew({ type, callee } = {}) {
	if (type === "CallExpression") return callee.property?.value === "fill" && isNew(callee.object);
	return /^(Array|Object|New)Expression$/.test(type);
}

/** By name, whether all that is bound to it is made there, as by `const all = []`. */
export function boundInside(statements) {
	const found = new Map();
	function visit(node, isTop) {
		if (node === null || typeof node !== "object") return;
		if (typeof node.type === "string" && !isTop) {
			const isMade = node.type === "VariableDeclarator" && isNew(node.init ?? undefined);
			for (const name of boundBy(node)) found.set(name, isMade && found.get(name) !== false);
		}
		if (isTop) for (const parameter of node.params ?? []) for (const name of names(parameter)) found.set(name, false);
		const isLevel = isTop && node.type === "VariableDeclaration";
		for (const [key, child] of Object.entries(node)) {
			if (isLevel && key === "declarations") for (const { init } of child) visit(init, false);
			else visit(child, false);
		}
	}
	for (const statement of statements) visit(statement, true);
	return found;
}

/** What a node assigns to; `undefined` for one that does not. */
export function changedBy({ type, left, argument }) {
	if (type === "AssignmentExpression") return left;
	if (/^For(Of|In)Statement$/.test(type)) return left.type === "VariableDeclaration" ? undefined : left;
	return type === "UpdateExpression" ? argument : undefined;
}

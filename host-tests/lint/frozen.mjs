// Whether what an expression gives when a module is loaded can be changed later.
//
// Fixed are primitives, functions, classes, what the linker of XS stores (`new Map`, typed arrays), what Object.freeze is
// called with when all in it is fixed or it freezes deeply, names of such, and what functions of the same file return of
// these. A name that is imported is looked at in its own file.

// What the linker of XS can put into flash, beside objects, arrays, classes and functions.
export const storable =
	/^(((Ui|I)nt(8|16|32)|Uint8Clamped|Big(Ui|I)nt64|Float(32|64))Array|ArrayBuffer|DataView|Map|Set)$/;
const primitive = /^((Numeric|String|Boolean|Null|BigInt)Literal|TemplateLiteral|UnaryExpression|UpdateExpression)$/;
const logical = ["&&", "||", "??"];
const toPrimitive = ["String", "Number"];
const primitiveMethods = [
	...["charAt", "charCodeAt", "every", "fromCharCode", "includes", "indexOf", "join", "max", "min", "padStart", "some"],
	...["toLowerCase", "toString", "toUpperCase", "trim"]
];

export const isFunction = node =>
	/^((Arrow)?Function(Expression|Declaration)|Constructor|(Class|Private)Method|(Method|Getter|Setter)Property)$/.test(
		node?.type
	);

// An expression without what only the compiler sees.
export function bare(node) {
	let inner = node;
	while (
		/^(Ts(As|Const|Satisfies|NonNull)|TsConstAssertion|Parenthesis)Expression$|^TsConstAssertion$/.test(inner?.type)
	)
		inner = inner.expression;
	return inner;
}

/** The call of Object.freeze that a node is; undefined when it is another. */
export function toFreeze(node) {
	const call = bare(node);
	const callee = call?.type === "CallExpression" ? call.callee : undefined;
	const isFreeze =
		callee?.type === "MemberExpression" && callee.object.value === "Object" && callee.property.value === "freeze";
	return isFreeze ? call : undefined;
}

const methodOf = ({ type, callee }) =>
	type === "CallExpression" && callee.type === "MemberExpression" ? callee.property.value : undefined;
const isCallOf = (node, object, method) => methodOf(node) === method && node.callee.object.value === object;
const isDeep = ({ arguments: [, deep] }) => bare(deep?.expression)?.value === true;

// The names in a pattern.
function namesIn(node) {
	if (node === null || typeof node !== "object") return [];
	return [...(node.type === "Identifier" ? [node.value] : []), ...Object.values(node).flatMap(namesIn)];
}

// Of a function: the expressions that it returns, its constants, and the names that may stand for anything.
function readBody({ params, body }) {
	const found = { defaults: madeIn(params), returned: [], constants: new Map(), others: new Set() };
	if (!Array.isArray(body.stmts)) found.returned.push(body);
	(function visit(node) {
		if (node === null || typeof node !== "object" || isFunction(node)) return;
		if (node.type === "ReturnStatement" && node.argument) found.returned.push(node.argument);
		if (node.type === "AssignmentExpression") for (const name of namesIn(node.left)) found.others.add(name);
		if (node.type === "VariableDeclaration")
			for (const { id, init } of node.declarations)
				if (node.kind === "const" && init && id.type === "Identifier") found.constants.set(id.value, init);
				else for (const name of namesIn(id)) found.others.add(name);
		for (const child of Object.values(node)) visit(child);
	})(body);
	return found;
}

/** What a pattern makes by itself: defaults, and the rest, which is a new object. */
export function madeIn(pattern) {
	if (pattern === null || typeof pattern !== "object") return [];
	const { type, value, right } = pattern;
	const own = type === "AssignmentPatternProperty" ? value : type === "AssignmentPattern" ? right : undefined;
	const made = type === "RestElement" ? [pattern] : own ? [own] : [];
	return [...made, ...Object.values(pattern).flatMap(madeIn)];
}

export class Constants {
	constructor(constants, functions) {
		this.constants = constants;
		this.functions = functions;
		this.asked = new Set();
	}

	/** Whether the value of an expression is fixed. `scope` is the function that it stands in. */
	isFixed(node, scope) {
		const value = bare(node);
		if (value == null || primitive.test(value.type)) return true;
		if (isFunction(value) || value.type === "ClassExpression") return this.closesOverFixed(scope);
		switch (value.type) {
			case "Identifier":
				return this.isFixedName(value.value, scope);
			case "MemberExpression":
				return this.isPartOfName(value, scope);
			case "BinaryExpression":
				return !logical.includes(value.operator) || [value.left, value.right].every(each => this.isFixed(each, scope));
			case "ConditionalExpression":
				return [value.consequent, value.alternate].every(each => this.isFixed(each, scope));
			case "SequenceExpression":
				return this.isFixed(value.expressions.at(-1), scope);
			case "NewExpression":
				return storable.test(value.callee.value) && this.holdsFixed(value, scope);
			case "CallExpression":
				return this.isFixedCall(value, scope);
			default:
				return false;
		}
	}

	// What a function returned by another keeps of it.
	closesOverFixed(scope) {
		if (scope === undefined || scope.isAsked) return true;
		scope.isAsked = true;
		const isFixed = scope.others.size === 0 && [...scope.constants.values()].every(each => this.isFixed(each, scope));
		scope.isAsked = false;
		return isFixed;
	}

	// Those of the file and of others are looked at where they are declared, parameters where the function is called.
	isFixedName(name, scope) {
		if (scope?.constants.has(name)) return this.isFixed(scope.constants.get(name), scope);
		return scope === undefined || !scope.others.has(name);
	}

	isPartOfName({ object }, scope) {
		const whole = bare(object);
		if (whole.type === "MemberExpression") return this.isPartOfName(whole, scope);
		return whole.type === "Identifier" && this.isFixedName(whole.value, scope);
	}

	// A Map takes its pairs apart, and a Set has the elements.
	holdsFixed({ callee, arguments: handed }, scope) {
		const from = bare(handed?.[0]?.expression);
		if (from === undefined || !/^(Map|Set)$/.test(callee.value)) return true;
		return callee.value === "Map" ? this.arePairsFixed(from, scope) : this.areFixedIn(from, scope);
	}

	arePairsFixed(node, scope) {
		const from = bare(node);
		if (isCallOf(from, "Object", "entries")) return this.areFixedIn(from.arguments[0].expression, scope);
		if (from.type === "Identifier") return this.isFixedName(from.value, scope);
		if (from.type === "ArrayExpression")
			return from.elements.every(each => each && this.areFixedIn(each.expression, scope));
		if (methodOf(from) === "map") return this.isMappedTo(from, scope, (each, inner) => this.areFixedIn(each, inner));
		return (
			methodOf(from) === "flatMap" && this.isMappedTo(from, scope, (each, inner) => this.arePairsFixed(each, inner))
		);
	}

	isFixedCall(call, scope) {
		if (toFreeze(call)) return isDeep(call) || this.areFixedIn(call.arguments[0].expression, scope);
		const returned = this.returnedBy(call.callee, scope);
		if (returned) return this.isReturned(call, returned, scope, (each, inner) => this.isFixed(each, inner));
		if (toPrimitive.includes(call.callee.value) || primitiveMethods.includes(methodOf(call))) return true;
		const whole = bare(call.callee.object);
		if (methodOf(call) === "slice" && whole.type === "Identifier") return scope?.takesPrimitives === true;
		return methodOf(call) === "fill" && whole.type === "NewExpression" && this.isFixed(whole, scope);
	}

	// One that is written where it is called sees the names around it.
	returnedBy(callee, scope) {
		const called = bare(callee);
		const own = isFunction(called) ? called : this.functions.get(called.value);
		const inner = own?.body && readBody(own);
		if (inner && own === called && scope) {
			inner.constants = new Map([...scope.constants, ...inner.constants]);
			for (const name of scope.others) inner.others.add(name);
		}
		return inner;
	}

	// What a function returns is fixed when what it is called with is. One that calls itself is asked once.
	isReturned({ callee, arguments: handed }, inner, scope, test) {
		const name = bare(callee).value;
		if (name !== undefined && this.asked.has(name)) return true;
		this.asked.add(name);
		const isFixed =
			handed.every(({ expression }) => this.isFixed(expression, scope)) &&
			inner.defaults.every(each => this.isFixed(each, inner)) &&
			inner.returned.every(each => test(each, inner));
		this.asked.delete(name);
		return isFixed;
	}

	/** Whether all that is in an object or array is fixed, which Object.freeze alone leaves as it is. */
	areFixedIn(node, scope) {
		const value = bare(node);
		if (value?.type === "ArrayExpression") return value.elements.every(each => this.isElementFixed(each, scope));
		if (value?.type === "ObjectExpression") return value.properties.every(each => this.isPropertyFixed(each, scope));
		if (value?.type === "CallExpression") return this.areFixedInCall(value, scope);
		return this.isFixed(value, scope);
	}

	// Whether all elements of an array are primitives, so that a parameter for one of them is.
	arePrimitives(node) {
		const value = bare(toFreeze(node)?.arguments[0].expression ?? node);
		if (value?.type === "Identifier" && this.constants.has(value.value))
			return this.arePrimitives(this.constants.get(value.value));
		if (value?.type !== "ArrayExpression") return value !== undefined && methodOf(value) === "split";
		return value.elements.every(each => primitive.test(bare(each?.expression)?.type));
	}

	isElementFixed(element, scope) {
		if (element == null) return true;
		return element.spread ? this.areFixedIn(element.expression, scope) : this.isFixed(element.expression, scope);
	}

	isPropertyFixed(property, scope) {
		if (property.type === "SpreadElement") return this.areFixedIn(property.arguments, scope);
		return this.isFixed(property.type === "KeyValueProperty" ? property.value : property, scope);
	}

	areFixedInCall(call, scope) {
		const { callee, arguments: handed } = call;
		const method = methodOf(call);
		if (method === "split" || isCallOf(call, "Object", "keys")) return true;
		if (isCallOf(call, "Object", "values")) return this.areFixedIn(handed[0].expression, scope);
		if (["filter", "slice"].includes(method)) return this.areFixedIn(callee.object, scope);
		if (method === "concat")
			return [callee.object, ...handed.map(each => each.expression)].every(each => this.areFixedIn(each, scope));
		if (method === "map" || method === "flatMap") return this.isMapped(call, scope);
		const returned = this.returnedBy(callee, scope);
		return returned
			? this.isReturned(call, returned, scope, (each, inner) => this.areFixedIn(each, inner))
			: this.isFixedCall(call, scope);
	}

	isMapped(call, scope) {
		if (toPrimitive.includes(bare(call.arguments[0].expression).value)) return true;
		const isMap = methodOf(call) === "map";
		return this.isMappedTo(call, scope, (each, inner) =>
			isMap ? this.isFixed(each, inner) : this.areFixedIn(each, inner)
		);
	}

	isMappedTo({ callee, arguments: [{ expression }] }, scope, test) {
		const inner = this.returnedBy(expression, scope);
		if (inner === undefined || !this.areFixedIn(callee.object, scope)) return false;
		inner.takesPrimitives = this.arePrimitives(callee.object);
		return inner.defaults.every(each => this.isFixed(each, inner)) && inner.returned.every(each => test(each, inner));
	}
}

// Reports what is not frozen all through. `later` is the call of Object.freeze that a statement of its own is.
export function checkFrozen(report, constants, node, later) {
	const freeze = toFreeze(node) ?? later;
	if (freeze === undefined) {
		if (!constants.isFixed(node)) report("is not frozen", bare(node));
		return;
	}
	const [, deep] = freeze.arguments.map(({ expression }) => bare(expression));
	const table = later && freeze === later ? node : freeze.arguments[0].expression;
	if (deep?.value !== true && !constants.areFixedIn(table)) report("is not frozen deeply", freeze);
}

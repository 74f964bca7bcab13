// Fails unless each native is all that its function does: `return native("name").call(this, …)` with the function's own
// parameters. xsc makes the C function itself of that, and says "cannot optimize native!" of anything else.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "@swc/core";

const problems = [];
let natives = 0;

const isNative = node => node?.type === "CallExpression" && node.callee.value === "native";

// A cast is for the compiler alone.
const bare = node => (/^Ts(As|NonNull)Expression$/.test(node?.type) ? bare(node.expression) : node);

function isWhole({ params, body }) {
	const [statement, ...rest] = body.stmts;
	const call = bare(statement.argument ?? statement.expression);
	if (rest.length > 0 || call?.type !== "CallExpression" || call.callee.property?.value !== "call") return false;
	if (!isNative(call.callee.object) || call.callee.object.arguments[0].expression.type !== "StringLiteral")
		return false;
	const [receiver, ...handed] = call.arguments.map(({ expression }) => bare(expression));
	const own = params.map(param => param.pat ?? param).filter(({ value }) => value !== "this");
	return (
		receiver.type === "ThisExpression" &&
		own.length === handed.length &&
		own.every(({ type, value }, at) => type === "Identifier" && handed[at].value === value)
	);
}

// Visits a tree. `inside` is the function that a node is in.
function visit(path, node, inside) {
	if (node === null || typeof node !== "object") return;
	if (isNative(node)) {
		natives++;
		const name = node.arguments[0]?.expression.value;
		if (inside === undefined || !isWhole(inside)) problems.push(`${path}: native ${name} is not all of its function`);
	}
	const within = Array.isArray(node.body?.stmts) ? node : inside;
	for (const child of Object.values(node)) visit(path, child, within);
}

for (const name of readdirSync("modules", { recursive: true }).sort()) {
	if (!name.endsWith(".ts") || name.endsWith(".d.ts")) continue;
	const path = posix.join("modules", name);
	const syntax = { syntax: "typescript", target: "es2022" };
	visit(path, parseSync(readFileSync(path, "utf8"), syntax), undefined);
}

if (problems.length > 0) {
	console.error(problems.join("\n"));
	process.exit(1);
}
console.log(`natives: ${natives}, each all of its function`);

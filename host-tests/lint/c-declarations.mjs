// What a C file defines and declares with external linkage, and what it includes. It is read as text: preprocessor lines
// are passed over, so that all branches of an #if count.

const comments = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const literals = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const directives = /^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm;
const attributes = /__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)|__extension__\b/g;

// The names between quotes or angle brackets; an include by a macro is undefined.
export function includesOf(text) {
	const lines = text.replace(comments, "").matchAll(/^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)?/gm);
	return [...lines].map(([, quoted, bracketed]) => quoted ?? bracketed);
}

function endOfBlock(text, start) {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		if (text[at] === "{") depth++;
		else if (text[at] === "}" && --depth === 0) return at + 1;
	}
	return text.length;
}

function isFunctionHead(head) {
	return head.endsWith(")") && !head.includes("=");
}

// The declarations outside of any function: each as text, in which a block is "{}".
function* declarationsOf(source) {
	const text = source.replace(comments, " ").replace(directives, "").replace(literals, '""').replace(attributes, " ");
	let declaration = "";
	for (let at = 0; at < text.length; at++) {
		if (text[at] === "{") {
			const isFunction = isFunctionHead(declaration.trim());
			at = endOfBlock(text, at) - 1;
			declaration += "{}";
			if (!isFunction) continue;
		} else if (text[at] !== ";") {
			declaration += text[at];
			continue;
		}
		yield declaration.replace(/\s+/g, " ").trim();
		declaration = "";
	}
}

const typeAlone = /^(?:struct|enum|union)\b(?: \w+)?(?: ?\{\})?$/;

function read(declaration) {
	if (declaration === "" || /^(?:typedef|_Static_assert)\b|\bstatic\b/.test(declaration)) return undefined;
	if (typeAlone.test(declaration)) return undefined;
	const head = declaration.split("=")[0];
	const parameters = head.indexOf("(");
	const isFunction = parameters > 0;
	const name = /(\w+)\s*(?:\[[^\]]*\]\s*)*$/.exec(isFunction ? head.slice(0, parameters) : head)?.[1] ?? declaration;
	const isDefinition = isFunction ? declaration.endsWith("{}") : !/^extern\b/.test(declaration);
	return { name, isDefinition };
}

// The names that others can link to.
export function linkageOf(text) {
	const found = [...declarationsOf(text)].map(read).filter(declaration => declaration !== undefined);
	const names = isDefinition => found.filter(each => each.isDefinition === isDefinition).map(each => each.name);
	return { defined: new Set(names(true)), declared: new Set(names(false)) };
}

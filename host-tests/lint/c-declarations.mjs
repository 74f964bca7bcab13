// What a C file defines and declares with external linkage, and what it includes. It is read as text: preprocessor lines
// are passed over, so that all branches of an #if count. c-objects.mjs asks the compiler whether anything was missed.

const commentsAndLiterals = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const directives = /^[ \t]*#[^\n]*/gm;
const attributes = /__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)|__extension__\b/g;
const inclusions = /^[ \t]*(#|%:|\?\?=)[ \t]*(include|include_next|import|embed)\b[ \t]*(?:"([^"]+)"|<([^>]+)>)?/gm;

// The text with continued lines joined and without comments, and without what literals say unless `literals` is true.
export function plainText(text, literals = false) {
	const strip = match => (match.startsWith("/") ? " " : literals ? match : '""');
	return text.replace(/\\\r?\n/g, "").replace(commentsAndLiterals, strip);
}

// The names between quotes or angle brackets; `name` is undefined and `way` says how when it is written in another way.
export function includesOf(text) {
	return [...plainText(text, true).matchAll(inclusions)].map(([, mark, directive, quoted, bracketed]) => {
		const name = quoted ?? bracketed;
		if (mark + directive !== "#include") return { way: mark + directive };
		return name === undefined ? { way: "a macro" } : { name };
	});
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
	const text = plainText(source).replace(directives, "").replace(attributes, " ");
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

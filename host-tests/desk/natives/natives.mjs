// Writes the table of natives: node host-tests/desk/natives/natives.mjs OUT.c FILE...
// A native is a string literal in native("...") or Native("...") of a source file, as the SDK's linker has it.

import { readFileSync, writeFileSync } from "node:fs";

const [output, ...files] = process.argv.slice(2);
const kinds = new Map();
for (const file of files)
	for (const [, kind, name] of readFileSync(file, "utf8").matchAll(/\b(native|Native)\("(\w+)"\)/g)) {
		if ((kinds.get(name) ?? kind) !== kind)
			throw new Error(`${file}: ${name} is used as a function and as a destructor`);
		kinds.set(name, kind);
	}

const names = [...kinds.keys()].sort();
const isFunction = name => kinds.get(name) === "native";
// Weak, so that a module whose C is not compiled in fails where it is used, and by name.
const declarations = names.map(
	name => `void ${name}(${isFunction(name) ? "xsMachine *the" : "void *data"}) __attribute__((weak));`
);
const entries = names.map(name => `\t{"${name}", ${isFunction(name) ? `${name}, NULL` : `NULL, ${name}`}},`);
const text = `// Written by natives.mjs.

#include "natives/natives.h"

${declarations.join("\n")}

const DeskNative deskNatives[] = {
${entries.join("\n")}
	{NULL, NULL, NULL},
};
`;

let former = "";
try {
	former = readFileSync(output, "utf8");
} catch {}
// Left alone when nothing changed, so that make does not link again.
if (former !== text) writeFileSync(output, text);

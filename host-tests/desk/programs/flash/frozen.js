// What a program can change of the built-in objects and of module state, and what is flash's.

import { gc } from "desk";
import { keep, note } from "flash/state";

function attempt(what, change) {
	try {
		trace(`${what}: ${change()}\n`);
	} catch (error) {
		trace(`${what}: ${error.name}\n`);
	}
}

attempt("variable and object", () => `${note("one")}, ${note("two")}`);
gc();
attempt("after a collection", () => note("three"));
attempt("map", () => keep("one"));
attempt("function", () => {
	note.extra = 1;
	return note.extra;
});
attempt("built-in object", () => {
	Math.extra = 1;
	return Math.extra;
});
attempt("prototype", () => {
	Array.prototype.extra = 1;
	return [].extra;
});
attempt("global object", () => {
	globalThis.extra = 1;
	return extra;
});

// What a function costs on XS, counted in Node: there a text has no index, so each call of a method that is built in
// goes over as many characters as its text has, whether that is one call for all of it or one for each character.

const ofString = [
	"charAt",
	"charCodeAt",
	"slice",
	"indexOf",
	"lastIndexOf",
	"includes",
	"startsWith",
	"endsWith"
] as const;
const ofSplitting = ["split", "replace", "replaceAll", "match", "trim", "toLowerCase"] as const;

type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/** Characters that `run` goes over. */
export function stringWork(run: () => unknown): number {
	let characters = 0;
	const undo: (() => void)[] = [];
	const watch = (prototype: object, name: string, textOf: (target: unknown, first: unknown) => unknown) => {
		const original = (prototype as Record<string, Method>)[name] as Method;
		const watched: Method = function (...parameters) {
			characters += String(textOf(this, parameters[0])).length + 1;
			return original.apply(this, parameters);
		};
		Object.defineProperty(prototype, name, { value: watched, configurable: true, writable: true });
		undo.push(() => Object.defineProperty(prototype, name, { value: original, configurable: true, writable: true }));
	};
	for (const name of [...ofString, ...ofSplitting]) watch(String.prototype, name, target => target);
	watch(RegExp.prototype, "exec", (_, text) => text);
	try {
		run();
	} finally {
		for (const each of undo.reverse()) each();
	}
	return characters;
}

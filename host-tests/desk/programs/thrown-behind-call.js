// C calls JavaScript, and throws when that has returned.

try {
	Number({ [Symbol.toPrimitive]: () => ({}) });
} catch (error) {
	trace(`${error.name}\n`);
}
try {
	JSON.stringify({ toJSON: () => 1n });
} catch (error) {
	trace(`${error.name}\n`);
}

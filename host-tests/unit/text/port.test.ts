import { expect, test } from "@jest/globals";
import { checkPort, parsePort } from "text/port";

test.each([
	[0, 0],
	[65_535, 65_535],
	["443", 443],
	["0", 0],
	["00080", 80],
	["65535", 65_535]
])("C6 %j is port %i", (value, port) => {
	expect(parsePort(value)).toBe(port);
	expect(checkPort("port", value)).toBe(port);
});

test.each([
	["", '""'],
	["65536", '"65536"'],
	["-1", '"-1"'],
	["+80", '"+80"'],
	[" 80", '" 80"'],
	["0x50", '"0x50"'],
	["8e1", '"8e1"'],
	["80.0", '"80.0"'],
	["http", '"http"'],
	["a\nb", '"a\\nb"'],
	[-1, "-1"],
	[65_536, "65536"],
	[80.5, "80.5"],
	[Number.NaN, "NaN"],
	[null, "null"],
	[undefined, "undefined"],
	[true, "true"],
	[Symbol.match, "Symbol(Symbol.match)"],
	[80n, "80"],
	[["80"], "an object"],
	[{ valueOf: () => 80 }, "an object"]
])("C6 %p is no port, and the error says it", (value, shown) => {
	expect(parsePort(value)).toBeUndefined();
	const message = `port is ${shown}: it must be 0 to 65535, a number or its decimal digits`;
	const Mistake = typeof value === "number" || typeof value === "string" ? RangeError : TypeError;
	expect(() => checkPort("port", value)).toThrow(new Mistake(message));
});

test("C6 a lowest port", () => {
	expect(checkPort("port", "1", 1)).toBe(1);
	expect(() => checkPort("port", "0", 1)).toThrow(
		new RangeError('port is "0": it must be 1 to 65535, a number or its decimal digits')
	);
});

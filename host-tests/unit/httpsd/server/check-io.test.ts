import { afterEach, expect, jest, test } from "@jest/globals";
import Server from "httpsd/server";
import { checkIO } from "httpsd/server/check-io";
import { FakeListener } from "../fake-socket";
import { serve } from "../harness";

const traced = jest.spyOn(globalThis as unknown as { trace(text: string): void }, "trace");
afterEach(() => void traced.mockClear());

class Knowing extends FakeListener {
	static readonly optionNames = { port: true, colour: true };
}

test.each([undefined, null, {}, "Listener"])("Z9 a server with io %p says what it needs", io => {
	const message = "Server needs io, the listener to accept from: Listener, TLSListener or another";
	expect(() => serve({ io: io as never })).toThrow(new TypeError(message));
});

test("Z9 an option that neither the server nor an io that says its own knows is refused by name", () => {
	const message = "Neither Server nor its io has an option maxConections";
	expect(() => serve({ io: Knowing, maxConections: 3 })).toThrow(new TypeError(message));
	expect(() => serve({ io: Knowing, toString: 3 as never })).toThrow(TypeError);
	expect(() => serve({ io: Knowing, constructor: 3 as never })).toThrow(TypeError);
	expect(() => serve({ io: Knowing, ...JSON.parse('{"__proto__": 3}') })).toThrow(
		new TypeError("Neither Server nor its io has an option __proto__")
	);
	serve({ io: Knowing, colour: 1, maxConnections: 3, maxConections: undefined });
	expect(traced).not.toHaveBeenCalled();
});

test("Z9 where the io does not say what it knows, what is not common is traced and handed on", () => {
	serve({ maxConections: 3, address: "127.0.0.1", target: 1 });
	expect(traced.mock.calls).toEqual([["Server: maxConections is none of its options, and handed to its io\n"]]);
	expect(FakeListener.last.options).toMatchObject({ maxConections: 3 });
	expect(checkIO(FakeListener, {})).toBe(FakeListener);
});

test.each([undefined, null, 5])("Z9 a server made of %p says that it needs options", options =>
	expect(() => new Server(options as never)).toThrow(new TypeError("Server needs options"))
);

// Each `response.json()` asked XS for the most that could be wanted: where a device has little room, garbage was collected for a sensor's value.
import { expect, test } from "@jest/globals";
import { toJSONText } from "httpsd/content/source";
import { defaultLimits } from "httpsd/limits";

const few = 2 * defaultLimits.coalesce;

/** What XS is asked for, that has so many bytes, or is not. */
function asked(value: unknown, room = Number.POSITIVE_INFINITY) {
	const all: number[] = [];
	const hasRoomBeside = (bytes: number) => all.push(bytes) > 0 && bytes <= room;
	const text = toJSONText(value, { account: { hasRoomBeside, isThereBeside: hasRoomBeside } });
	expect(text).toBe(JSON.stringify(value));
	return all;
}

test.each<[string, unknown]>([
	["a sensor's value", { at: 1, celsius: [20.5, 21], name: "hall", on: true, nothing: null }],
	["a text of that length", "x".repeat(few - 2)],
	["control characters", "\x01".repeat(Math.floor((few - 2) / 6))]
])("Z12 for short JSON nobody is asked: %s", (_, value) => expect(asked(value)).toEqual([]));

test.each<[string, unknown]>([
	["a text that is one longer", "x".repeat(few - 1)],
	["control characters", "\x01".repeat(few / 4)],
	["many short ones", Array.from({ length: few / 4 }, () => "x")],
	["deep ones", { a: { b: { c: ["x".repeat(few)] } } }],
	["an array behind one that has ended", [[1], [], { a: {} }, "x".repeat(few)]],
	["what says what it is", { toJSON: () => ["x".repeat(few)] }]
])("Z12 for longer JSON XS is asked, and has it made or not: %s", (_, value) => {
	expect(asked(value).length).toBe(1);
	const [, needed = 0] = asked(value, 3 * few);
	expect(needed).toBeGreaterThanOrEqual(JSON.stringify(value).length);
	expect(() => asked(value, needed - 1)).toThrow("no memory");
});

test("Z12 a cycle with many ways is no endless walk, and has no JSON", () => {
	const cycle: unknown[] = [];
	for (let count = 0; count < 8; count++) cycle.push(cycle);
	expect(() => asked(cycle)).toThrow(TypeError);
	expect(() => asked(cycle, 0)).toThrow("no memory");
});

// How credentials are kept, and what a power cut leaves of them at each step.

import { describe, expect, jest, test } from "@jest/globals";

const kept = new Map<string, ArrayBuffer>();
/** Steps until power is cut. */
let left = Number.POSITIVE_INFINITY;

function step(): void {
	if (left-- <= 0) throw new Error("power is cut");
}

/** Stands in for the SDK's module: it erases a preference before it sets it, and an ESP8266's holds 61 bytes. */
jest.mock(
	"preference",
	() => ({
		__esModule: true,
		default: {
			set(domain: string, name: string, value: ArrayBuffer) {
				if (value.byteLength > 61) throw new Error("can't save prefs");
				step();
				kept.delete(`${domain}.${name}`);
				step();
				kept.set(`${domain}.${name}`, value);
			},
			get: (domain: string, name: string) => kept.get(`${domain}.${name}`),
			delete(domain: string, name: string) {
				step();
				kept.delete(`${domain}.${name}`);
			}
		}
	}),
	{ virtual: true }
);

const { default: PreferenceStore } =
	require("provisioning/preference-store") as typeof import("provisioning/preference-store");

describe("Z16 what is kept", () => {
	const value = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
	const read = () => {
		const bytes = new PreferenceStore().read();
		return bytes && new TextDecoder().decode(bytes);
	};
	const long = "y".repeat(97);

	test.each([
		["nothing", undefined, long],
		["a value", "former", long],
		["a longer one", long, "new"]
	])(
		"power that is cut at any step of writing over %s leaves that or the new one, and the next writing works",
		(_, former, next) => {
			for (let at = 0; ; at++) {
				kept.clear();
				left = Number.POSITIVE_INFINITY;
				const store = new PreferenceStore();
				if (former !== undefined) {
					store.write(value("before"));
					store.write(value(former));
				}
				left = at;
				let isCut = false;
				try {
					store.write(value(next));
				} catch {
					isCut = true;
				}
				left = Number.POSITIVE_INFINITY;
				expect([former, next]).toContain(read());
				new PreferenceStore().write(value("again"));
				expect(read()).toBe("again");
				if (!isCut) break;
			}
		}
	);

	test("forgotten, nothing is left of it, of a writing that was cut neither", () => {
		kept.clear();
		left = 4;
		expect(() => new PreferenceStore().write(value(long))).toThrow("power");
		left = Number.POSITIVE_INFINITY;
		new PreferenceStore().write(value("short"));
		new PreferenceStore().remove();
		expect(kept.size).toBe(0);
		expect(read()).toBeUndefined();
	});

	/** Does it until power is cut. */
	function until(steps: number, act: (store: InstanceType<typeof PreferenceStore>) => void): void {
		left = steps;
		try {
			act(new PreferenceStore());
		} catch {
			// Power is cut.
		}
		left = Number.POSITIVE_INFINITY;
	}

	test("of a former one no piece stays, and it does not come back, wherever power was cut before", () => {
		for (let cut = 0; cut < 12; cut++) {
			const begin = () => {
				kept.clear();
				new PreferenceStore().write(value(long));
				until(cut, store => store.write(value("new")));
			};
			for (let at = 0; at < 12; at++) {
				begin();
				const before = read();
				until(at, store => store.remove());
				expect([before, undefined]).toContain(read());
			}
			begin();
			new PreferenceStore().write(value("last"));
			const all = [...kept.values()].map(bytes => new TextDecoder("latin1").decode(bytes)).join("");
			expect([cut, all.includes("yy"), read()]).toEqual([cut, false, "last"]);
		}
	});

	test("a byte that is another one makes it nothing", () => {
		kept.clear();
		new PreferenceStore().write(value(long));
		for (const [name, bytes] of [...kept])
			for (let at = 0; at < bytes.byteLength; at++) {
				const changed = new Uint8Array(bytes.slice(0));
				changed[at] = (changed[at] as number) ^ 1;
				kept.set(name, changed.buffer as ArrayBuffer);
				expect(read()).toBeUndefined();
				kept.set(name, bytes);
			}
		expect(read()).toBe(long);
	});
});

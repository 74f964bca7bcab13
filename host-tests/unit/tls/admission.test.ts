import { expect, jest, test } from "@jest/globals";
import { limits } from "tls/limits";
import { eachTrial } from "./admission-trial";

const trial = eachTrial();

test("Z3 as many handshakes begin as there are slots, the rest in the order of requests", () => {
	const t = trial.current;
	t.requestAll("a", "b", "c", "c", "d");
	expect(t.begun).toEqual(["a", "b"]);
	t.admission.release(t.get("a"));
	t.admission.admit();
	expect(t.begun).toEqual(["a", "b", "c"]);
	t.admission.release(t.get("d"));
	t.admission.release(t.get("b"));
	t.admission.admit();
	expect(t.begun).toEqual(["a", "b", "c"]);
});

test("Z2 a handshake that stalls loses its slot, and its end later frees no other slot", () => {
	const t = trial.current;
	t.requestAll("a", "b", "c", "d", "e");
	jest.advanceTimersByTime(limits.stallTimeout - 1);
	expect(t.begun).toEqual(["a", "b"]);
	jest.advanceTimersByTime(1);
	expect(t.begun).toEqual(["a", "b", "c", "d"]);
	t.admission.release(t.get("a"));
	t.admission.admit();
	expect(t.begun).toEqual(["a", "b", "c", "d"]);
});

test("Z2 bytes of the peer keep the slot, a limited number of times", () => {
	const t = trial.current;
	t.requestAll("a", "b", "c");
	for (let n = 0; n < limits.handshakeReads; n++) {
		jest.advanceTimersByTime(limits.stallTimeout - 1);
		t.admission.received(t.get("a"));
		t.admission.received(t.get("b"));
		expect(t.begun).toEqual(["a", "b"]);
	}
	jest.advanceTimersByTime(limits.stallTimeout - 1);
	t.admission.received(t.get("a"));
	t.admission.received(t.get("b"));
	jest.advanceTimersByTime(1);
	expect(t.begun).toEqual(["a", "b", "c"]);
});

test("E9 a connection that cannot have a timer fails alone", () => {
	const t = trial.current;
	const set = jest.spyOn(globalThis, "setTimeout").mockImplementationOnce(() => {
		throw new RangeError("no memory");
	});
	t.requestAll("a", "b");
	set.mockRestore();
	expect([t.failed, t.begun]).toEqual([["a"], ["b"]]);
});

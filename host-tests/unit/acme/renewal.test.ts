// When a certificate is renewed, and a failed order tried again.

import "../tls/natives";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import ACMEError from "acme/error";
import { limits } from "acme/limits";
import { askRenewalInfo } from "acme/protocol/renewal-info";
import Session from "acme/protocol/session";
import { certificateID } from "acme/renewal/certificate-id";
import { renewalTime, retryTime } from "acme/renewal/times";
import Timetable from "acme/renewal/timetable";
import { answering, base, directory, drive, key } from "./scripted-ca";

const day = 86_400_000;
const life = { notBefore: 0, notAfter: 90 * day };

describe("Z17 a renewal ahead of time", () => {
	test("Z17 a third of the life before its end, and not for all devices at once", () => {
		expect(renewalTime(life, 0, undefined)).toBe(60 * day);
		expect(renewalTime(life, 1, undefined)).toBe(57 * day);
		expect(renewalTime({ notBefore: 0, notAfter: 6 * day }, 0.5, undefined)).toBeCloseTo(3.9 * day, -3);
	});

	test("Z17 within the CA's window (RFC 9773), and ahead of the certificate's end whatever that says", () => {
		expect(renewalTime(life, 0.5, [10 * day, 12 * day])).toBe(11 * day);
		expect(renewalTime(life, 0.5, [100 * day, 102 * day])).toBe(87 * day);
	});

	test("Z17 not for a day, but a certificate for a day (step-ca's) is renewed before it ends", () => {
		const orderAfter = (age: number) => {
			const timetable = new Timetable(0);
			const issued = { notBefore: 0, notAfter: age, fraction: 0 };
			timetable.restart(0, issued);
			return [timetable.orderAt(undefined), timetable.orderAt(issued)];
		};
		expect(orderAfter(90 * day)).toEqual([day, 60 * day]);
		expect(orderAfter(day)).toEqual([day / 2, (day * 2) / 3]);
		expect(orderAfter(1000)).toEqual([limits.leastPause, limits.leastPause]);
	});
});

describe("Z17 a failed order is tried again", () => {
	test("Z17 after pauses that double, up to a day, or an hour where nobody answered", () => {
		const waits = (code: "REFUSED" | "UNREACHABLE") =>
			[1, 2, 3, 9, 99].map(failures => retryTime(failures, code, 0, 0.5) / 60_000);
		expect(waits("REFUSED")).toEqual([10, 20, 40, 1440, 1440]);
		expect(waits("UNREACHABLE")).toEqual([1, 2, 4, 60, 60]);
		expect([retryTime(1, undefined, 0, 0), retryTime(1, undefined, 0, 1)]).toEqual([450_000, 750_000]);
	});

	test("Z17 no sooner than the CA says, and sooner where the certificate ends soon", () => {
		expect(retryTime(1, "RATE_LIMITED", 0, 0.5, 5 * day)).toBe(5 * day);
		expect(retryTime(99, "REFUSED", day, 0.5)).toBe(day / 8);
		expect(retryTime(99, "REFUSED", 1000, 0.5)).toBe(limits.retry);
	});

	// Clients that have all places keep the CA out, which looks for some seconds; and it counts proofs that fail, five in an hour.
	test.each(["connection", "tls"])(
		"Z17 twice in seconds where the CA could not come in (%s), then as ever",
		problem => {
			const [timetable, late] = [new Timetable(0), new ACMEError("CHALLENGE_FAILED", "", { problem })];
			const wait = (failures: number, error: ACMEError) => {
				timetable.putOff(limits.earliest, failures, 0, error);
				return timetable.retryAt - limits.earliest;
			};
			expect(wait(1, new ACMEError("CHALLENGE_FAILED", "", { problem: "unauthorized" }))).toBeGreaterThan(400_000);
			expect([wait(1, late), wait(2, late)]).toEqual([limits.soon, limits.soon]);
			expect([wait(3, late) / limits.retry, wait(4, late) / limits.retry / 2].map(Math.round)).toEqual([1, 1]);
			timetable.restart(limits.earliest, life);
			expect(wait(1, late)).toBe(limits.soon);
		}
	);

	test("Z17 a CA that will not say when to renew is asked again when it says, in a day at the latest", () => {
		const timetable = new Timetable(0);
		const askedIn = (retryAfter?: number) => {
			timetable.note(0, undefined, retryAfter);
			return timetable.askAt;
		};
		expect([askedIn(), askedIn(1000), askedIn(day / 2), askedIn(7 * day)]).toEqual([
			limits.askAgain,
			limits.askAgain,
			day / 2,
			limits.maxAskAgain
		]);
	});

	test("Z17 a clock that was years ahead keeps nobody from ordering", () => {
		const timetable = new Timetable(1000 * day);
		timetable.note(1000 * day, { window: undefined, again: day });
		timetable.check(995 * day);
		expect(timetable.orderAt(undefined)).toBe(1000 * day);
		timetable.check(100 * day);
		expect([timetable.orderAt(undefined), timetable.askAt]).toEqual([0, 0]);
	});
});

describe("Z17 RFC 9773", () => {
	const withInfo = (json: unknown, retryAfter?: number) =>
		answering(({ url }) => {
			if (url === directory)
				return {
					json: Object.fromEntries(
						["newNonce", "newAccount", "newOrder", "renewalInfo"].map(name => [name, `${base}/${name}`])
					)
				};
			if (url !== `${base}/renewalInfo/a.b`) return undefined;
			return retryAfter === undefined ? { json } : { json, retryAfter };
		});
	const ask = (json: unknown, retryAfter?: number) =>
		drive(askRenewalInfo(new Session(key, undefined), directory, "a.b"), withInfo(json, retryAfter)).result;

	test("Z17 the CA's window, and when to ask again", () => {
		const suggestedWindow = { start: "2026-03-01T00:00:00Z", end: "2026-03-03T00:00:00Z" };
		expect(ask({ suggestedWindow }, 7_200_000)).toEqual({
			window: [Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 3)],
			again: 7_200_000
		});
		expect(ask({ suggestedWindow }, 5).again).toBe(limits.clockCheck);
		expect(ask({ suggestedWindow }, 9 * day).again).toBe(limits.maxAskAgain);
	});

	test.each([
		{},
		{ suggestedWindow: 7 },
		{ suggestedWindow: { start: "soon", end: "later" } },
		{ suggestedWindow: { start: "2026-03-03T00:00:00Z", end: "2026-03-01T00:00:00Z" } }
	])("Z17 a window that makes no sense is none: %j", json => {
		expect(ask(json)).toEqual({ window: undefined, again: limits.askAgain });
	});

	test("Z17 the identifier is that of the RFC's own example", () => {
		const folder = mkdtempSync(join(tmpdir(), "acme-id-"));
		const file = (name: string) => join(folder, name);
		// The issuer's key and serial number of RFC 9773 §4.1: 69:88:5B:… and 00:87:65:43:21.
		const akid = "69885B6B87464041E1B37B847BA0AE2CDE01C8D4";
		const parameters = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=a"];
		const more = ["-set_serial", "0x0087654321", "-addext", `2.5.29.35=DER:30168014${akid}`];
		const out = ["-keyout", file("k"), "-outform", "DER", "-out", file("c")];
		execFileSync("openssl", ["req", ...parameters, ...more, ...out, "-config", "/dev/null"], { stdio: "pipe" });
		const der = new Uint8Array(readFileSync(file("c")));
		rmSync(folder, { recursive: true });
		expect(certificateID(der)).toBe("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE");
		for (let length = 0; length < der.length; length++) expect(certificateID(der.slice(0, length))).toBe(undefined);
	});
});

import { randomBytes } from "tls/random";
import type ACMEError from "../error";
import { limits } from "../limits";
import { type Life, leastAge, renewalTime, retryTime } from "./times";

/** What the CA has told of a renewal. */
interface Told {
	readonly window: readonly [start: number, end: number] | undefined;
	/** Milliseconds after which it is asked again. */
	readonly again: number;
}

const random = (): number => {
	return (new Uint8Array(randomBytes(1))[0] as number) / 256;
};

/** The CA could not connect in time: clients may have had all places of the server just then. */
const isOfLateProof = (error: ACMEError | undefined): boolean => {
	return error?.code === "CHALLENGE_FAILED" && (error.problem === "connection" || error.problem === "tls");
};

/** When the CA is asked for what. Times are milliseconds since 1970. */
export default class Timetable {
	/** Before when no order begins. */
	retryAt: number;
	/** When the CA is asked for its own time of a renewal. */
	askAt = 0;
	#window: readonly [start: number, end: number] | undefined;
	/** Orders that were made soon again since there was a certificate. */
	#soon = 0;

	constructor(retryAt: number) {
		this.retryAt = retryAt;
	}

	/** When the next order begins: for a certificate that is renewed, or `undefined` where there is none. */
	orderAt(issued: (Life & { readonly fraction: number }) | undefined): number {
		const due = issued === undefined ? 0 : renewalTime(issued, issued.fraction, this.#window);
		return due > this.retryAt ? due : this.retryAt;
	}

	/**
	 * Puts the next order off, since one has failed, or may.
	 * @param left milliseconds that the present certificate is valid for
	 */
	putOff(now: number, failures: number, left: number, error?: ACMEError): void {
		// The clock was lost since the order began: what was put off then stays so.
		if (now < limits.earliest) return;
		if (isOfLateProof(error) && this.#soon < limits.maxSoon) {
			this.#soon++;
			this.retryAt = now + limits.soon;
			return;
		}
		const counted = Math.max(1, failures - this.#soon);
		this.retryAt = now + retryTime(counted, error?.code, left, random(), error?.retryAfter);
	}

	/** A clock that was wrong by years, and was put right, must not keep the device from ordering, or from asking. */
	check(now: number): void {
		if (this.retryAt > now + limits.maxRetryAfter + limits.maxRetry) this.retryAt = 0;
		if (this.askAt > now + limits.maxAskAgain) this.askAt = 0;
	}

	/**
	 * The CA has told its time, or refused to.
	 * @param retryAfter milliseconds after which it may be asked again, where it has refused and says so
	 */
	note(now: number, info: Told | undefined, retryAfter = 0): void {
		if (info !== undefined) this.#window = info.window;
		this.askAt = now + (info?.again ?? Math.min(Math.max(limits.askAgain, retryAfter), limits.maxAskAgain));
	}

	/** There is a new certificate, which stays for a while at least. */
	restart(now: number, life: Life): void {
		this.retryAt = now + leastAge(life);
		this.askAt = 0;
		this.#window = undefined;
		this.#soon = 0;
	}
}

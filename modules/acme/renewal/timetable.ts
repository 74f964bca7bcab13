import { randomBytes } from "tls/random";
import type ACMEError from "../error";
import { limits } from "../limits";
import { type Life, leastAge, renewalTime, retryTime } from "./times";

const random = (): number => {
	return (new Uint8Array(randomBytes(1))[0] as number) / 256;
};

/** When the CA is asked for what. Times are milliseconds since 1970. */
export default class Timetable {
	/** Before when no order begins. */
	retryAt: number;
	/** When the CA is asked for its own time of a renewal. */
	askAt = 0;
	#window: readonly [start: number, end: number] | undefined;

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
		this.retryAt = now + retryTime(failures, error?.code, left, random(), error?.retryAfter);
	}

	/** A clock that was wrong by years, and was put right, must not keep the device from ordering, or from asking. */
	check(now: number): void {
		if (this.retryAt > now + limits.maxRetryAfter + limits.maxRetry) this.retryAt = 0;
		if (this.askAt > now + limits.maxAskAgain) this.askAt = 0;
	}

	/** The CA has told its time. */
	note(now: number, window: readonly [start: number, end: number] | undefined, again: number): void {
		this.#window = window;
		this.askAt = now + again;
	}

	/** There is a new certificate, which stays for a while at least. */
	restart(now: number, life: Life): void {
		this.retryAt = now + leastAge(life);
		this.askAt = 0;
		this.#window = undefined;
	}
}

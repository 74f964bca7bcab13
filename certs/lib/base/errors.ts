/**
 * A mistake that the person at the keyboard can mend. `message` says what was attempted, `advice` what to change;
 * both are printed, without a stack trace, and the exit status is 1.
 */
export class CertsError extends Error {
	readonly advice: string;

	constructor(message: string, advice: string) {
		super(message);
		this.name = "CertsError";
		this.advice = advice;
	}
}

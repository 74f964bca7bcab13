import TLSError, { tlsErrorCodes } from "../error";

/** Makes an exception of a setter's answer. @throws {TLSError} unless the answer is `NONE` */
export function checkAnswer(attempt: string, native: { libraryError: number }, answer: number): void {
	const code = tlsErrorCodes[answer] ?? "INTERNAL";
	if (code !== "NONE") throw new TLSError(code, { attempt, libraryCode: native.libraryError });
}

/** The same of a native constructor. @throws {TLSError} `MEMORY`; `STATE` for a session of a context that is not sealed */
export function checkMade(what: string, answer: number): void {
	if (answer !== 0) checkAnswer(`Making ${what}`, { libraryError: 0 }, answer);
}

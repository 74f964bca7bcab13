import TLSError, { tlsErrorCodes } from "./error";
import type NativeContext from "./native-context";

/** Makes an exception of a setter's answer. @throws {TLSError} unless the answer is `NONE` */
export function checkAnswer(attempt: string, native: NativeContext, answer: number): void {
	const code = tlsErrorCodes[answer] ?? "INTERNAL";
	if (code !== "NONE") throw new TLSError(code, { attempt, libraryCode: native.libraryError });
}

import TLSError, { type TLSErrorCode, tlsErrorCodes } from "../error";

/** The code that a native's result stands for: an index of `tlsErrorCodes`. */
export const toErrorCode = (result: number): TLSErrorCode => {
	return tlsErrorCodes[result] ?? "INTERNAL";
};

/** @throws {TLSError} unless the result is `NONE` */
export const checkResult = (attempt: string, native: { libraryError: number }, result: number): void => {
	const code = toErrorCode(result);
	if (code !== "NONE") throw new TLSError(code, { attempt, libraryCode: native.libraryError });
};

/** For native constructors. @throws {TLSError} `MEMORY`; `STATE` for a session of a context that is not sealed */
export const checkConstructed = (what: string, result: number): void => {
	if (result !== 0) checkResult(`Making ${what}`, { libraryError: 0 }, result);
};

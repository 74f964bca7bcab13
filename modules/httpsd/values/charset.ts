import { decodeText } from "text/utf8";
import { decodeWindows1252 } from "text/windows-1252";

const ofOneByte = Object.freeze(["iso-8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"]);

/** Whether a charset, by its name in any case, is one of those that are taken for Windows-1252. */
export const isWindows1252 = (charset: string): boolean => {
	return ofOneByte.includes(charset.toLowerCase());
};

/** The text of bytes in a charset; `undefined` when they are none, or the charset is not known. */
export const decodeCharset = (charset: string, bytes: ArrayBuffer): string | undefined => {
	const name = charset.toLowerCase();
	if (name === "utf-8" || name === "utf8") return decodeText(bytes);
	return isWindows1252(name) ? decodeWindows1252(bytes) : undefined;
};

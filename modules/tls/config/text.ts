// Text that comes from C or goes there: UTF-8 without NUL.

import { decodeText, hasLoneSurrogate } from "text/utf8";

/** Decodes what a peer has sent; `undefined` when it is not UTF-8, or has a NUL in it, where C would end it. */
export const toText = (bytes: ArrayBuffer): string | undefined => {
	const text = decodeText(bytes);
	return text?.includes("\0") ? undefined : text;
};

/** Whether the text has neither a NUL nor a lone surrogate, which UTF-8 cannot have. */
export const isPlainText = (text: string): boolean => {
	return !text.includes("\0") && !hasLoneSurrogate(text);
};

/** The host name of a server_name extension, in lower case; `undefined` when it is not text. */
export const toServername = (name: ArrayBuffer | undefined): string | undefined => {
	return name && toText(name)?.toLowerCase();
};

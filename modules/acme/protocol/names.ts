import { limits } from "../limits";

const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const isBase64URL = (text: string): boolean => {
	if (text.length === 0 || text.length > limits.maxToken) return false;
	for (let at = 0; at < text.length; at++) if (!characters.includes(text[at] as string)) return false;
	return true;
};

/** Whether it is a nonce (RFC 8555 §6.5.1). */
export const isNonce = (text: string): boolean => {
	return isBase64URL(text);
};

/** Whether it is a challenge's token (RFC 8555 §8.1): it becomes part of a path. */
export const isToken = (text: string): boolean => {
	return isBase64URL(text);
};

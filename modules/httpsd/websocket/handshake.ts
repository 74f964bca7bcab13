import { isToken, parseDecimal, trimSpace } from "text/ascii";
import { decodeBase64, encodeBase64 } from "text/base64";
import type Headers from "../headers";
import HttpError from "../http-error";
import { fieldLimits } from "../limits";
import { listMembers } from "../values/lists";
import { sha1 } from "./sha1";

/** The client's opening handshake. */
export interface Handshake {
	/** `Sec-WebSocket-Key` as it came. */
	readonly key: string;
	/** The subprotocols that the client offers, in its order of preference. */
	readonly protocols: readonly string[];
}

/** The one version of the protocol (RFC 6455 §4.1). */
export const webSocketVersion = "13";

const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * Reads the head of a request that opens a WebSocket (RFC 6455 §4.2.1).
 * @throws {HttpError} 426 when the request asks for no WebSocket, or for another version; 400 when it is malformed.
 */
export const readHandshake = (method: string, version: string, headers: Headers): Handshake => {
	if (!listMembers(headers.get("upgrade") ?? "").includes("websocket"))
		throw new HttpError(426, "UPGRADE", "Request does not ask for an upgrade to WebSocket");
	if (method !== "GET" || version !== "1.1") throw malformed("METHOD", "WebSocket is not opened by an HTTP/1.1 GET");
	if (!listMembers(headers.get("connection") ?? "").includes("upgrade"))
		throw malformed("CONNECTION", "Connection field does not name Upgrade");
	const asked = only(headers, "sec-websocket-version");
	if (asked !== webSocketVersion) {
		if (!isVersion(asked)) throw malformed("VERSION", "Sec-WebSocket-Version is not a number");
		throw new HttpError(426, "VERSION", "Sec-WebSocket-Version is not 13");
	}
	const key = only(headers, "sec-websocket-key");
	if (!isKey(key)) throw malformed("KEY", "Sec-WebSocket-Key is not 16 bytes in base64");
	return { key, protocols: protocolsOf(headers) };
};

/** `Sec-WebSocket-Accept` for a key (RFC 6455 §4.2.2). */
export const acceptKey = (key: string): string => {
	return encodeBase64(sha1(ArrayBuffer.fromString(key + guid)));
};

/** A number of up to three digits without leading zeros (RFC 6455 §4.3). */
const isVersion = (text: string): boolean => {
	return text.length <= 3 && String(parseDecimal(text)) === text;
};

/** 16 bytes in base64, of which the last character before the padding has four bits that are 0. */
const isKey = (text: string): boolean => {
	return text.length === 24 && decodeBase64(text)?.length === 16 && "AQgw".includes(text.charAt(21));
};

const protocolsOf = (headers: Headers): readonly string[] => {
	if (!headers.has("sec-websocket-protocol")) return [];
	const lines = headers.getAll("sec-websocket-protocol").join();
	const protocols = lines.split(",", fieldLimits.maxMembers).map(trimSpace);
	if (!protocols.every(isToken)) throw malformed("PROTOCOL", "Sec-WebSocket-Protocol is not a list of tokens");
	if (new Set(protocols).size < protocols.length)
		throw malformed("PROTOCOL", "Sec-WebSocket-Protocol names one protocol twice");
	return protocols;
};

const only = (headers: Headers, name: string): string => {
	if (headers.occurrences(name) !== 1) throw malformed("HANDSHAKE", `Field ${name} is not there once`);
	return headers.get(name) as string;
};

const malformed = (code: string, message: string): HttpError => {
	return new HttpError(400, code, message);
};

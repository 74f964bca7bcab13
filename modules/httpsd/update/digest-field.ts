import { trimSpace } from "text/ascii";
import { decodeBase64 } from "text/base64";
import type Headers from "../headers";
import HttpError from "../http-error";

const names = Object.freeze(["repr-digest", "content-digest"] as const);
const begin = "sha-256=:";
const digestSize = 32;
/** Members of a field that are looked at. */
const mostMembers = 8;

/**
 * The SHA-256 that `Repr-Digest` or `Content-Digest` (RFC 9530) says the content has.
 * @throws {HttpError} 400 when neither says one, one is malformed, or they say several
 */
export const readDigest = (headers: Headers): Uint8Array => {
	let found: string | undefined;
	for (const name of names)
		for (const member of (headers.get(name) ?? "").split(",", mostMembers)) {
			const text = trimSpace(member);
			if (!text.startsWith(begin) || text === found) continue;
			if (found !== undefined) throw malformed("says two different SHA-256");
			found = text;
		}
	const bytes = found?.endsWith(":") ? decodeBase64(found.slice(begin.length, -1)) : undefined;
	if (bytes?.length !== digestSize)
		throw malformed("says no SHA-256: give it as Repr-Digest: sha-256=:…: in Base64 (RFC 9530)");
	return bytes;
};

const malformed = (what: string): HttpError => {
	return new HttpError(400, "DIGEST", `The request ${what}`);
};

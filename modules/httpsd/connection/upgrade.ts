import HttpError from "../http-error";
import type Request from "../request";
import { listMembers } from "../values/lists";

/** @throws {HttpError} 426 unless the request asks for an upgrade to that protocol (RFC 9110 §7.8), as HEAD and HTTP/1.0 can't. */
export const checkAsked = (protocol: string, { headers, version, method }: Request): void => {
	const listed = (name: string) => listMembers(headers.get(name) ?? "");
	const asks = version === "1.1" && method !== "HEAD" && listed("connection").includes("upgrade");
	const asked = asks ? listed("upgrade") : [];
	if (!listMembers(protocol).every(member => asked.includes(member)))
		throw new HttpError(426, "UPGRADE", "Request does not ask for an upgrade to this protocol");
};

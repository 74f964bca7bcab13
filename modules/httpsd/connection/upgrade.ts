import HttpError from "../http-error";
import type Request from "../request";
import { listMembers } from "../values/lists";

/**
 * @throws {HttpError} 426 unless the request asks for an upgrade to that protocol (RFC 9110 §7.8), as HEAD and HTTP/1.0 can't; 400 unless
 * it is at its end, and nothing behind it has been thrown away.
 */
export const checkUpgrade = (
	protocol: string,
	{ headers, version, method }: Request,
	isComplete: boolean,
	overflow: { readonly discarding: boolean } | undefined
): void => {
	const listed = (name: string) => listMembers(headers.get(name) ?? "");
	const asks = version === "1.1" && method !== "HEAD" && listed("connection").includes("upgrade");
	const asked = asks ? listed("upgrade") : [];
	if (!listMembers(protocol).every(member => asked.includes(member)))
		throw new HttpError(426, "UPGRADE", "Request does not ask for an upgrade to this protocol");
	if (!isComplete) throw new HttpError(400, "UPGRADE_BODY", "Request to upgrade has content that is not read");
	if (overflow?.discarding) throw new HttpError(400, "AHEAD", "Client has sent too much ahead of the upgrade");
};

import { hasAny, isPrintable, trimSpace } from "text/ascii";
import type Headers from "../headers";
import HttpError from "../http-error";
import type Request from "../request";
import type Response from "../response";

/** A filter, for `use()`, that lets requests with credentials through and sets `request.user`. Others are 401. */
export type AuthFilter = (request: Request, response: Response) => void | Promise<void>;

/**
 * What an `Authorization` field says (RFC 9110 §11.4) in one scheme.
 * @param scheme in lower case.
 * @returns what stands behind the scheme; `undefined` when there is no field, or one of another scheme.
 * @throws {HttpError} 400 when there are several fields.
 */
export const credentialsOf = (headers: Headers, scheme: string): string | undefined => {
	const count = headers.occurrences("authorization");
	if (count === 0) return undefined;
	if (count === 2) throw new HttpError(400, "AUTHORIZATION", "Request has several Authorization fields");
	const value = headers.get("authorization") as string;
	const space = value.indexOf(" ");
	if (space < 0 || value.slice(0, space).toLowerCase() !== scheme) return undefined;
	return trimSpace(value.slice(space));
};

/** Asks for credentials: sets `WWW-Authenticate` and gives the error to throw. */
export const challenge = (response: Response, value: string): HttpError => {
	response.headers.append("www-authenticate", value);
	return new HttpError(401, "CREDENTIALS", "Request has no valid credentials");
};

/** A realm as a quoted string. @throws {TypeError} when it has other than visible US-ASCII and spaces, or has quotes. */
export const quoteRealm = (realm: string): string => {
	if (!isPrintable(realm) || hasAny(realm, '"\\')) throw new TypeError("Realm has a character that is not allowed");
	return `"${realm}"`;
};

/** Goes on with a value, or with what a promise brings. */
export const proceed = <T>(value: T | Promise<T>, next: (value: T) => void): void | Promise<void> => {
	return value instanceof Promise ? value.then(next) : next(value);
};

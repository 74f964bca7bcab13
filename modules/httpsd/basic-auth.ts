import { isFieldText } from "text/ascii";
import { decodeBase64 } from "text/base64";
import { checkOptionNames, type OptionNames } from "text/option-names";
import { decodeText } from "text/utf8";
import { type AuthFilter, challenge, credentialsOf, proceed, quoteRealm } from "./auth/authorization";
import { sameSecret } from "./auth/secret";
import type Headers from "./headers";
import type Request from "./request";

/** Says whether a password is a user's. Compare with {@link sameSecret}. */
export type PasswordCheck = (user: string, password: string, request: Request) => boolean | Promise<boolean>;

export interface BasicAuthOptions {
	/** What the credentials are for, as browsers show it: visible US-ASCII and spaces, no quotes. */
	readonly realm: string;
	/** Passwords by user, or a function that checks them. */
	readonly users: Readonly<Record<string, string>> | PasswordCheck;
}

const optionNames: OptionNames<BasicAuthOptions> = Object.freeze({ realm: true, users: true });

/**
 * Asks for user and password (RFC 7617). They come with every request and unprotected but for TLS.
 *
 * ```ts
 * server.use("/admin", basicAuth({ realm: "Admin", users: { ada: password } }));
 * ```
 * @throws {TypeError} for a bad realm, and for an option that does not exist.
 */
export const basicAuth = (options: BasicAuthOptions): AuthFilter => {
	checkOptionNames("basicAuth", options, optionNames);
	const { realm, users } = options;
	const ask = `Basic realm=${quoteRealm(realm)}, charset="UTF-8"`;
	const check = typeof users === "function" ? users : checkOf(users);
	return (request, response) => {
		const pair = readPair(request.headers);
		if (pair === undefined) throw challenge(response, ask);
		return proceed(check(pair.user, pair.password, request), isRight => {
			if (!isRight) throw challenge(response, ask);
			request.user = pair.user;
		});
	};
};

const checkOf = (users: Readonly<Record<string, string>>): PasswordCheck => {
	const passwords = new Map(Object.entries(users));
	return (user, password) => sameSecret(password, passwords.get(user) ?? "") && passwords.has(user);
};

const readPair = (headers: Headers): { user: string; password: string } | undefined => {
	const bytes = decodeBase64(credentialsOf(headers, "basic") ?? "");
	const text = bytes && decodeText(bytes.buffer);
	const colon = text?.indexOf(":") ?? -1;
	if (text === undefined || colon < 0 || !isFieldText(text) || text.includes("\t")) return undefined;
	return { user: text.slice(0, colon), password: text.slice(colon + 1) };
};

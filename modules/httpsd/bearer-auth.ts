import { hasOnly } from "text/characters";
import { checkOptionNames, type OptionNames } from "text/option-names";
import { type AuthFilter, challenge, credentialsOf, proceed, quoteRealm } from "./auth/authorization";
import { sameSecret } from "./auth/secret";
import type Request from "./request";

/** Says whose token it is; `undefined` for nobody's. Compare with {@link sameSecret}. */
export type TokenCheck = (token: string, request: Request) => string | undefined | Promise<string | undefined>;

export interface BearerAuthOptions {
	/** What the token is for: visible US-ASCII and spaces, no quotes. */
	readonly realm: string;
	/** Tokens by user, or a function that finds the user. */
	readonly tokens: Readonly<Record<string, string>> | TokenCheck;
}

const optionNames: OptionNames<BearerAuthOptions> = Object.freeze({ realm: true, tokens: true });

/**
 * Asks for a bearer token (RFC 6750 §2.1). Tokens in the query or a form are not taken.
 * @throws {TypeError} for a bad realm, and for an option that does not exist.
 */
export const bearerAuth = (options: BearerAuthOptions): AuthFilter => {
	checkOptionNames("bearerAuth", options, optionNames);
	const { realm, tokens } = options;
	const ask = `Bearer realm=${quoteRealm(realm)}`;
	const check = typeof tokens === "function" ? tokens : checkOf(tokens);
	return (request, response) => {
		const token = credentialsOf(request.headers, "bearer");
		if (token === undefined) throw challenge(response, ask);
		const owner = isToken68(token) ? check(token, request) : undefined;
		return proceed(owner, user => {
			if (user === undefined) throw challenge(response, `${ask}, error="invalid_token"`);
			request.user = user;
		});
	};
};

const checkOf = (tokens: Readonly<Record<string, string>>): TokenCheck => {
	const owners = Object.entries(tokens);
	return token => {
		let owner: string | undefined;
		for (const [user, expected] of owners) if (sameSecret(token, expected)) owner = user;
		return owner;
	};
};

/** RFC 9110 §11.2: letters, digits, slashes, some of the other characters of a token, and `=` at the end. */
const isToken68 = (text: string): boolean => {
	const padding = text.indexOf("=");
	const bare = padding < 0 ? text : text.slice(0, padding);
	return bare !== "" && hasOnly(bare, "++-9AZ__az~~", false) && hasOnly(text.slice(bare.length), "==", false);
};

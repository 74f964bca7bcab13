import { parseHex } from "text/hex";
import { checkOptionNames, type OptionNames } from "text/option-names";
import { type AuthFilter, challenge, credentialsOf, proceed, quoteRealm } from "./auth/authorization";
import DigestNonces from "./auth/digest-nonces";
import { hashText, sameSecret } from "./auth/secret";
import HttpError from "./http-error";
import type Request from "./request";
import { parseParameters } from "./values/parameters";
import { percentDecode } from "./values/percent";

/** Finds what proves a user: the password, or with `hashed` its {@link digestSecret}; `undefined` for nobody. */
export type SecretLookup = (user: string, request: Request) => string | undefined | Promise<string | undefined>;

export interface DigestAuthOptions {
	/** What the credentials are for, as browsers show it: visible US-ASCII and spaces, no quotes. */
	readonly realm: string;
	/** Passwords by user, or a function that finds them. */
	readonly users: Readonly<Record<string, string>> | SecretLookup;
	/** Whether `users` has `digestSecret()`s in the place of passwords. Default `false`. */
	readonly hashed?: boolean;
}

/** The credentials of a request. */
interface Answer {
	readonly user: string;
	readonly nonce: string;
	readonly count: string;
	readonly clientNonce: string;
	readonly uri: string;
	readonly proof: string;
}

const optionNames: OptionNames<DigestAuthOptions> = Object.freeze({ realm: true, users: true, hashed: true });

/**
 * Asks for user and password without having the password sent (RFC 7616, SHA-256, `qop=auth`). MD5 is not offered.
 *
 * ```ts
 * server.use("/admin", digestAuth({ realm: "Admin", users: { ada: password } }));
 * ```
 * @throws {TypeError} for a bad realm, and for an option that does not exist.
 */
export function digestAuth(options: DigestAuthOptions): AuthFilter {
	checkOptionNames("digestAuth", options, optionNames);
	const { realm, users, hashed = false } = options;
	const quotedRealm = quoteRealm(realm);
	const nonces = new DigestNonces();
	const find = typeof users === "function" ? users : lookupOf(users);
	const refuse = (response: Parameters<AuthFilter>[1], stale: boolean) => {
		const ask = `Digest realm=${quotedRealm}, qop="auth", algorithm=SHA-256, nonce="${nonces.make()}", charset=UTF-8`;
		return challenge(response, stale ? `${ask}, stale=true` : ask);
	};
	return (request, response) => {
		const field = credentialsOf(request.headers, "digest");
		const answer = field === undefined ? undefined : readAnswer(field, realm, request);
		if (answer === undefined) throw refuse(response, false);
		return proceed(find(answer.user, request), secret => {
			const known = secret ?? "";
			const expected = digestProof(hashed ? known : digestSecret(answer.user, realm, known), request.method, answer);
			if (!sameSecret(answer.proof, expected) || secret === undefined) throw refuse(response, false);
			if (!nonces.use(answer.nonce, Number(`0x${answer.count}`))) throw refuse(response, true);
			request.user = answer.user;
		});
	};
}

/** What can be kept in the place of a password for one realm: SHA-256 of user, realm and password, in hexadecimal. */
export function digestSecret(user: string, realm: string, password: string): string {
	return hashText(`${user}:${realm}:${password}`);
}

/** What proves that the client knows the password (RFC 7616 §3.4.1). @param secret a {@link digestSecret}. */
export function digestProof(
	secret: string,
	method: string,
	{ nonce, count, clientNonce, uri }: Omit<Answer, "user" | "proof">
): string {
	return hashText(`${secret}:${nonce}:${count}:${clientNonce}:auth:${hashText(`${method}:${uri}`)}`);
}

function lookupOf(users: Readonly<Record<string, string>>): SecretLookup {
	const secrets = new Map(Object.entries(users));
	return user => secrets.get(user);
}

/**
 * @returns `undefined` when it is for another realm, algorithm or quality of protection.
 * @throws {HttpError} 400 when it is malformed, or made for another target (RFC 7616 §3.4.6).
 */
function readAnswer(field: string, realm: string, request: Request): Answer | undefined {
	const parameters = parseParameters(`,${field}`, ",");
	if (parameters === undefined) throw malformed("Digest credentials are malformed");
	const get = (name: string) => parameters.get(name) ?? "";
	if (get("realm") !== realm || get("algorithm").toLowerCase() !== "sha-256" || get("qop") !== "auth") return undefined;
	if (get("userhash").toLowerCase() === "true") return undefined;
	const user = parameters.get("username") ?? decodeExtended(get("username*"));
	const [nonce, count, clientNonce, uri, proof] = [get("nonce"), get("nc"), get("cnonce"), get("uri"), get("response")];
	if (
		user === undefined ||
		nonce === "" ||
		clientNonce === "" ||
		count.length !== 8 ||
		parseHex(count, 8) === undefined
	)
		throw malformed("Digest credentials are incomplete");
	if (uri !== request.target) throw malformed("Digest credentials are for another target");
	return { user, nonce, count, clientNonce, uri, proof };
}

/** A `username*` (RFC 8187): `undefined` when it is not UTF-8. */
function decodeExtended(value: string): string | undefined {
	const [charset = "", language, ...text] = value.split("'");
	if (charset.toLowerCase() !== "utf-8" || language === undefined || text.length === 0) return undefined;
	return percentDecode(text.join("'"));
}

function malformed(message: string): HttpError {
	return new HttpError(400, "AUTHORIZATION", message);
}

import { parseHex } from "text/hex";
import { checkOptionNames, type OptionNames } from "text/option-names";
import { type AuthFilter, challenge, credentialsOf, proceed, quoteRealm } from "./auth/authorization";
import DigestNonces from "./auth/digest-nonces";
import { md5 } from "./auth/md5";
import { hashText, sameSecret } from "./auth/secret";
import HttpError from "./http-error";
import type Request from "./request";
import { parseParameters } from "./values/parameters";
import { percentDecode } from "./values/percent";

/** How Digest hashes. */
export type DigestAlgorithm = "SHA-256" | "MD5";

/** Finds what proves a user: the password, or with `hashed` its {@link digestSecret}; `undefined` for nobody. */
export type SecretLookup = (
	user: string,
	request: Request,
	algorithm: DigestAlgorithm
) => string | undefined | Promise<string | undefined>;

export interface DigestAuthOptions {
	/** What the credentials are for, as browsers show it: visible US-ASCII and spaces, no quotes. */
	readonly realm: string;
	/** Passwords by user, or a function that finds them. */
	readonly users: Readonly<Record<string, string>> | SecretLookup;
	/** Whether `users` has `digestSecret()`s in the place of passwords. Default `false`. */
	readonly hashed?: boolean;
	/**
	 * Whether MD5 is offered in a second challenge, to clients that know nothing better. With `hashed`, `users` is a
	 * function then, which is told by which of the two. Default `false`.
	 */
	readonly md5?: boolean;
}

/** The credentials of a request. */
interface Answer {
	readonly user: string;
	readonly nonce: string;
	readonly count: string;
	readonly clientNonce: string;
	readonly uri: string;
	readonly proof: string;
	readonly algorithm: DigestAlgorithm;
}

const optionNames: OptionNames<DigestAuthOptions> = Object.freeze({
	realm: true,
	users: true,
	hashed: true,
	md5: true
});

/**
 * Asks for user and password without having the password sent (RFC 7616, SHA-256, `qop=auth`), and MD5 if asked for.
 *
 * ```ts
 * server.use("/admin", digestAuth({ realm: "Admin", users: { ada: password } }));
 * ```
 * @throws {TypeError} for a bad realm, an option that does not exist, and a table of hashes where there are two kinds.
 */
export const digestAuth = (options: DigestAuthOptions): AuthFilter => {
	checkOptionNames("digestAuth", options, optionNames);
	const { realm, users, hashed = false, md5: offersMD5 = false } = options;
	if (hashed && offersMD5 && typeof users !== "function")
		throw new TypeError("digestAuth with hashed and md5 needs a function for users");
	const quotedRealm = quoteRealm(realm);
	const nonces = new DigestNonces();
	const find = typeof users === "function" ? users : lookupOf(users);
	const refuse = (response: Parameters<AuthFilter>[1], stale: boolean) => {
		const ask = (algorithm: DigestAlgorithm) => {
			const fields = `qop="auth", algorithm=${algorithm}, nonce="${nonces.make()}", charset=UTF-8`;
			return challenge(response, `Digest realm=${quotedRealm}, ${fields}${stale ? ", stale=true" : ""}`);
		};
		const error = ask("SHA-256");
		return offersMD5 ? ask("MD5") : error;
	};
	return (request, response) => {
		const field = credentialsOf(request.headers, "digest");
		const answer = field === undefined ? undefined : readAnswer(field, realm, request);
		if (answer === undefined || (answer.algorithm === "MD5" && !offersMD5)) throw refuse(response, false);
		const { user, algorithm } = answer;
		return proceed(find(user, request, algorithm), secret => {
			const known = hashed ? (secret ?? "") : digestSecret(user, realm, secret ?? "", algorithm);
			const expected = digestProof(known, request.method, answer);
			if (!sameSecret(answer.proof, expected) || secret === undefined) throw refuse(response, false);
			if (!nonces.use(answer.nonce, Number(`0x${answer.count}`))) throw refuse(response, true);
			request.user = user;
		});
	};
};

/** What can be kept in the place of a password for one realm: a hash of user, realm and password, in hexadecimal. */
export const digestSecret = (
	user: string,
	realm: string,
	password: string,
	algorithm: DigestAlgorithm = "SHA-256"
): string => {
	return hasherOf(algorithm)(`${user}:${realm}:${password}`);
};

const hasherOf = (algorithm: DigestAlgorithm): ((text: string) => string) => {
	return algorithm === "MD5" ? md5 : hashText;
};

/** What proves that the client knows the password (RFC 7616 §3.4.1). @param secret a {@link digestSecret}. */
export const digestProof = (
	secret: string,
	method: string,
	{ nonce, count, clientNonce, uri, algorithm }: Omit<Answer, "user" | "proof">
): string => {
	const hash = hasherOf(algorithm);
	return hash(`${secret}:${nonce}:${count}:${clientNonce}:auth:${hash(`${method}:${uri}`)}`);
};

const lookupOf = (users: Readonly<Record<string, string>>): SecretLookup => {
	const secrets = new Map(Object.entries(users));
	return user => secrets.get(user);
};

/**
 * @returns `undefined` when it is for another realm, algorithm or quality of protection.
 * @throws {HttpError} 400 when it is malformed, or made for another target (RFC 7616 §3.4.6).
 */
const readAnswer = (field: string, realm: string, request: Request): Answer | undefined => {
	const parameters = parseParameters(`,${field}`, ",");
	if (parameters === undefined) throw malformed("Digest credentials are malformed");
	const get = (name: string) => parameters.get(name) ?? "";
	// Without one it is MD5 (RFC 7616 §3.4).
	const named = (parameters.get("algorithm") ?? "MD5").toUpperCase();
	const algorithm = named === "SHA-256" || named === "MD5" ? named : undefined;
	if (get("realm") !== realm || algorithm === undefined || get("qop") !== "auth") return undefined;
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
	return { user, nonce, count, clientNonce, uri, proof, algorithm };
};

/** A `username*` (RFC 8187): `undefined` when it is not UTF-8. */
const decodeExtended = (value: string): string | undefined => {
	const charset = value.indexOf("'");
	const language = charset < 0 ? -1 : value.indexOf("'", charset + 1);
	if (language < 0 || value.slice(0, charset).toLowerCase() !== "utf-8") return undefined;
	return percentDecode(value.slice(language + 1));
};

const malformed = (message: string): HttpError => {
	return new HttpError(400, "AUTHORIZATION", message);
};

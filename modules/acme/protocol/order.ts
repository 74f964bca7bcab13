import { totalLength } from "text/join-bytes";
import type { Challenge } from "../challenge";
import ACMEError, { invalidAnswer } from "../error";
import { encodeBase64URL } from "../jose/base64url";
import { limits } from "../limits";
import { type AccountTerms, openAccount } from "./account";
import { authorize } from "./authorization";
import { type Directory, openDirectory } from "./directory";
import { type Fields, objectOf, readObject, toURL, urlOf } from "./json";
import { Patience, poll } from "./polling";
import { describeProblem, problemOf } from "./problem";
import type Session from "./session";
import type { Answer, Beginning, Steps } from "./steps";

/** What is ordered. */
export interface OrderTerms extends AccountTerms, Beginning {
	/** URL of the CA's directory. */
	readonly directory: string;
	/** Host names, also with `*.` in front. */
	readonly names: readonly string[];
	/** In order of preference. */
	readonly challenges: readonly Challenge[];
	/** Which kind of certificate, of those that the CA has names for. */
	readonly profile?: string | undefined;
	/** Identifier of the certificate that this one is to replace (RFC 9773 §5). */
	readonly replaces?: string | undefined;
	/** Makes the signing request, DER. */
	makeRequest(): ArrayBuffer;
	/** Bytes that are stored beside the chain: certificates that are to be revoked. */
	readonly keptBeside?: number;
}

function* placeOrder(session: Session, directory: Directory, terms: OrderTerms, replaces?: string): Steps<Answer> {
	const { names, profile } = terms;
	return yield* session.post(directory.newOrder, {
		identifiers: names.map(value => ({ type: "dns", value })),
		...(profile === undefined ? {} : { profile }),
		...(replaces === undefined ? {} : { replaces })
	});
}

/** A CA that does not know what is to be replaced, or thinks that it is replaced, still has a certificate for us. */
const isOfReplacing = (error: unknown): boolean => {
	if (!(error instanceof ACMEError)) return false;
	return error.problem === "alreadyReplaced" || error.problem === "malformed" || error.problem === "unauthorized";
};

function* order(session: Session, directory: Directory, terms: OrderTerms): Steps<Answer> {
	const { replaces } = terms;
	if (replaces === undefined || directory.renewalInfo === undefined)
		return yield* placeOrder(session, directory, terms);
	try {
		return yield* placeOrder(session, directory, terms, replaces);
	} catch (error) {
		if (!isOfReplacing(error)) throw error;
		return yield* placeOrder(session, directory, terms);
	}
}

/** The CA does not know the account, or not by this key: an owner may have given it another. */
const isOfAccount = (error: unknown): error is ACMEError => {
	if (!(error instanceof ACMEError)) return false;
	return error.problem === "accountDoesNotExist" || error.problem === "unauthorized" || error.problem === "malformed";
};

/** An account that was kept and is good no longer is asked for, or made anew, with the same key. */
function* orderByAccount(session: Session, directory: Directory, terms: OrderTerms): Steps<Answer> {
	const isKept = session.account !== undefined;
	yield* openAccount(session, directory, terms);
	try {
		return yield* order(session, directory, terms);
	} catch (error) {
		if (!isKept || !isOfAccount(error)) throw error;
		session.account = undefined;
		yield { type: "account", url: undefined };
		yield* openAccount(session, directory, terms);
		return yield* order(session, directory, terms);
	}
}

const authorizationsOf = (fields: Fields, names: readonly string[]): readonly string[] => {
	const { authorizations } = fields;
	const urls = Array.isArray(authorizations) ? authorizations.map(toURL) : [];
	if (urls.length === 0 || urls.length > names.length || urls.includes(undefined))
		throw invalidAnswer("no authorizations, or too many");
	return urls as string[];
};

const toFailure = (status: string, fields: Fields): ACMEError => {
	const error = objectOf(fields, "error");
	const why = fields.error === undefined ? `is ${status}` : `failed with ${describeProblem(error)}`;
	return new ACMEError("ORDER_FAILED", `The order ${why}`, { problem: problemOf(error) });
};

/** Waits for a status. @throws {ACMEError} `ORDER_FAILED` when it is another in the end */
function* reach(
	session: Session,
	url: string,
	wanted: readonly string[],
	undecided: readonly string[],
	patience: Patience,
	check?: (fields: Fields) => void
): Steps<{ readonly status: string; readonly fields: Fields }> {
	const reached = yield* poll(session, url, undecided, patience, check);
	if (!wanted.includes(reached.status)) throw toFailure(reached.status, reached.fields);
	return reached;
}

/** The URL that the signing request goes to. */
function* becomeReady(session: Session, url: string, patience: Patience): Steps<string> {
	const { status, fields } = yield* reach(session, url, ["ready", "processing", "valid"], ["pending"], patience);
	// The CA does not have the key yet.
	if (status !== "ready") throw invalidAnswer("a certificate before one was asked for");
	return urlOf(fields, "finalize");
}

function* finalize(session: Session, url: string, terms: OrderTerms, patience: Patience): Steps<string> {
	const finalizeURL = yield* becomeReady(session, url, patience);
	yield { type: "room", bytes: limits.requestRoom, slots: 0 };
	const refusal = yield* session.begin(finalizeURL, { csr: encodeBase64URL(new Uint8Array(terms.makeRequest())) });
	const check = ({ status }: Fields) => {
		if (refusal !== undefined && status !== "processing") throw refusal;
	};
	const undecided = refusal === undefined ? ["ready", "processing"] : ["pending", "ready", "processing"];
	const { fields } = yield* reach(session, url, ["valid"], undecided, patience, check);
	return urlOf(fields, "certificate");
}

/** Of the answer, which may be long, only this is held from there on. */
function* begin(
	session: Session,
	directory: Directory,
	terms: OrderTerms
): Steps<{ readonly url: string; readonly authorizations: readonly string[] }> {
	const placed = yield* orderByAccount(session, directory, terms);
	return { url: session.locationOf(placed), authorizations: authorizationsOf(readObject(placed), terms.names) };
}

/**
 * All that leads to a certificate (RFC 8555 §7.1).
 * @returns its chain: DER, leaf first
 * @throws {ACMEError} why there is none
 */
export function* obtain(session: Session, terms: OrderTerms): Steps<Uint8Array[]> {
	const patience = new Patience();
	if (terms.roomToBegin !== undefined) yield { type: "room", bytes: terms.roomToBegin };
	terms.begin?.();
	const directory = yield* openDirectory(session, terms.directory);
	const { url, authorizations } = yield* begin(session, directory, terms);
	for (const each of authorizations) yield* authorize(session, each, terms.names, terms.challenges, patience);
	const certificate = yield* finalize(session, url, terms, patience);
	const chain = yield* session.download(certificate);
	yield {
		type: "room",
		bytes: Math.max(totalLength(chain) + (terms.keptBeside ?? 0) + limits.storedBeside, limits.checkingRoom)
	};
	return chain;
}

// What a generator's objects inherit from stays in flash.
Object.freeze(placeOrder.prototype);
Object.freeze(order.prototype);
Object.freeze(orderByAccount.prototype);
Object.freeze(begin.prototype);
Object.freeze(reach.prototype);
Object.freeze(becomeReady.prototype);
Object.freeze(finalize.prototype);
Object.freeze(obtain.prototype);

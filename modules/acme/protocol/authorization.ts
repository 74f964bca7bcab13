import type { Challenge, Proof } from "../challenge";
import ACMEError, { invalidAnswer } from "../error";
import { thumbprint } from "../jose/jws";
import { type Fields, objectOf, objectsOf, readObject, textOf, toURL } from "./json";
import { isToken } from "./names";
import { type Patience, poll } from "./polling";
import { describeProblem, problemOf } from "./problem";
import type Session from "./session";
import type { Steps } from "./steps";

interface Chosen {
	readonly name: string;
	readonly challenge: Challenge;
	readonly url: string;
	readonly token: string;
}

/** The first of ours that the CA offers. @throws {ACMEError} `NO_CHALLENGE`, `ANSWER_INVALID` */
const choose = (name: string, authorization: Fields, challenges: readonly Challenge[]): Chosen => {
	const offered = objectsOf(authorization, "challenges");
	for (const challenge of challenges) {
		const found = offered.find(each => each.type === challenge.type);
		if (found === undefined) continue;
		const url = toURL(found.url);
		const token = textOf(found, "token");
		if (url === undefined || token === undefined || !isToken(token)) throw invalidAnswer("a challenge without token");
		return { name, challenge, url, token };
	}
	const ours = challenges.map(({ type }) => type).join(", ");
	throw new ACMEError("NO_CHALLENGE", `The CA does not take ${ours} for ${name}`);
};

/** Why a name could not be proved: what the CA says of the challenge that it has looked at. */
const toFailure = (name: string, authorization: Fields): ACMEError => {
	const failed = objectsOf(authorization, "challenges").find(each => each.error !== undefined);
	const error = failed === undefined ? undefined : objectOf(failed, "error");
	const why = error === undefined ? "" : ` with ${describeProblem(error)}`;
	return new ACMEError("CHALLENGE_FAILED", `The CA has refused the proof for ${name}${why}`, {
		problem: error && problemOf(error)
	});
};

function* prove(session: Session, url: string, chosen: Chosen, proof: Proof, patience: Patience): Steps<void> {
	const refusal = yield* session.begin(chosen.url, {});
	// The authorization is pending for as long as the CA looks for the proof, the challenge only before.
	const isBegun = (fields: Fields) =>
		objectsOf(fields, "challenges").some(({ url, status = "pending" }) => url === chosen.url && status !== "pending");
	// step-ca looks once each time that it is asked to, and has said why it was in vain (RFC 8555 §8.2).
	const isInVain = (fields: Fields) =>
		objectsOf(fields, "challenges").some(
			({ url, status, error }) => url === chosen.url && status === "pending" && error !== undefined
		);
	const check = (fields: Fields) => {
		if (isInVain(fields)) throw toFailure(proof.name, fields);
		if (refusal !== undefined && fields.status === "pending" && !isBegun(fields)) throw refusal;
	};
	const { status, fields } = yield* poll(session, url, ["pending", "processing"], patience, check);
	if (status !== "valid") throw toFailure(proof.name, fields);
}

/** `undefined` where the name is proved already. */
const chooseOf = (
	authorization: Fields,
	names: readonly string[],
	challenges: readonly Challenge[]
): Chosen | undefined => {
	const { status } = authorization;
	if (status === "valid") return undefined;
	const name = textOf(objectOf(authorization, "identifier"), "value");
	// Nothing is shown for a name that was not asked for.
	if (name === undefined || !(names.includes(name) || names.includes(`*.${name}`)))
		throw invalidAnswer("an authorization for another name");
	if (status !== "pending") throw toFailure(name, authorization);
	return choose(name, authorization, challenges);
};

/** Proves the name of an authorization (RFC 8555 §7.5), unless the CA knows already. */
export function* authorize(
	session: Session,
	url: string,
	names: readonly string[],
	challenges: readonly Challenge[],
	patience: Patience
): Steps<void> {
	const chosen = chooseOf(readObject(yield* session.post(url, undefined)), names, challenges);
	if (chosen === undefined) return;
	const { challenge, name, token } = chosen;
	const proof = { name, token, keyAuthorization: `${token}.${thumbprint(session.key)}` };
	try {
		yield { type: "show", challenge, proof };
		yield* prove(session, url, chosen, proof, patience);
	} finally {
		yield { type: "withdraw", challenge, proof };
	}
}

// What a generator's objects inherit from stays in flash.
Object.freeze(prove.prototype);
Object.freeze(authorize.prototype);

import { isToken } from "text/ascii";
import ACMEError from "../error";
import { limits } from "../limits";
import { type Fields, objectsOf, readObject, textOf } from "./json";
import type { Answer } from "./steps";

const namespace = "urn:ietf:params:acme:error:";

/** C0 and C1: what is written to a terminal moves nothing there. */
const isControl = (character: string): boolean => {
	return character < " " || (character >= "\x7f" && character <= "\x9f");
};

/** The text of the CA, for people to read: of one line, and short. */
const toDetail = (text: string | undefined): string => {
	if (text === undefined) return "";
	const line = Array.from(text.slice(0, limits.maxDetail), each => (isControl(each) ? " " : each));
	return `: ${line.join("")}`;
};

/** What the CA calls an error, without the namespace; `undefined` when that is no name. */
const nameOf = (fields: Fields): string | undefined => {
	const type = textOf(fields, "type");
	const name = type?.startsWith(namespace) ? type.slice(namespace.length) : type;
	return name !== undefined && name.length <= limits.maxToken && isToken(name) ? name : undefined;
};

/** What an error object of the CA says, in one line: its own text, or that of its first part. */
export const describeProblem = (fields: Fields): string => {
	const [part] = objectsOf(fields, "subproblems");
	const text = textOf(fields, "detail");
	const more = part === undefined ? "" : toDetail(textOf(part, "detail"));
	return `${nameOf(fields) ?? "error"}${toDetail(text)}${more}`;
};

export const problemOf = (fields: Fields): string | undefined => {
	return nameOf(fields);
};

/** The error that an answer with another status than 2xx stands for (RFC 8555 §6.7, RFC 7807). */
export const toProblem = (answer: Answer): ACMEError => {
	const { status, retryAfter } = answer;
	let fields: Fields = {};
	try {
		fields = readObject(answer);
	} catch {
		// A server in between may answer by a page.
	}
	const problem = nameOf(fields);
	const isLimited = problem === "rateLimited" || status === 429;
	const what = problem === undefined ? `status ${status}` : describeProblem(fields);
	return new ACMEError(isLimited ? "RATE_LIMITED" : "REFUSED", `The CA refuses with ${what}`, { problem, retryAfter });
};

import { provisioningLimits } from "../limits";

// RFC 1035 §4.1: a head of 12 bytes, then the question: labels, type, class.
const headLength = 12;
/** Bytes of a label, and of a name (RFC 1035 §2.3.4): longer ones are not answered. */
const maxLabel = 63;
/** Bytes of a name. */
const maxName = 255;
const typeA = 1;
const typeAny = 255;
const classInternet = 1;
const formatError = 1;
const notImplemented = 4;
/** Bytes of the one record of an answer, whose name is a pointer to that of the question. */
const recordLength = 16;

/**
 * The answer to a question of DNS: every name has this address (RFC 1035). Of other types than A there is nothing, IPv6's
 * among them, so that clients come by IPv4.
 * @param question a datagram, whatever it has.
 * @param address four bytes.
 * @returns `undefined` for what is no question, or too long: it is not answered at all.
 */
export const answerQuestion = (question: ArrayBuffer, address: readonly number[]): ArrayBuffer | undefined => {
	const bytes = new Uint8Array(question);
	if (bytes.length < headLength || bytes.length > provisioningLimits.maxQuestion) return undefined;
	const flags = bytes[2] as number;
	// An answer is never answered: two that do would not end.
	if ((flags & 0x80) !== 0) return undefined;
	if ((flags & 0x78) !== 0) return makeHead(bytes, notImplemented, headLength);
	const end = wordAt(bytes, 4) === 1 ? endOfQuestion(bytes) : undefined;
	if (end === undefined) return makeHead(bytes, formatError, headLength);
	const type = wordAt(bytes, end - 4);
	const isAsked = (type === typeA || type === typeAny) && wordAt(bytes, end - 2) === classInternet;
	// What comes behind the question, as EDNS does, is left out: clients then know that it is not spoken here.
	const answer = makeHead(bytes, 0, end + (isAsked ? recordLength : 0));
	const view = new Uint8Array(answer);
	view.set(bytes.subarray(headLength, end), headLength);
	view[5] = 1;
	if (!isAsked) return answer;
	view[7] = 1;
	const { timeToLive } = provisioningLimits;
	view.set([0xc0, headLength, 0, typeA, 0, classInternet, 0, 0, 0, timeToLive, 0, address.length, ...address], end);
	return answer;
};

/** Where the question ends; `undefined` when it does not, or its name is none. */
const endOfQuestion = (bytes: Uint8Array): number | undefined => {
	let at = headLength;
	for (let length = bytes[at]; length !== 0; length = bytes[at]) {
		// A pointer has nothing before it to point to.
		if (length === undefined || length > maxLabel) return undefined;
		at += 1 + length;
		if (at - headLength >= maxName) return undefined;
	}
	const end = at + 5;
	return end <= bytes.length ? end : undefined;
};

/** An answer's head: the question's identification, opcode and wish for recursion, which is offered. */
const makeHead = (bytes: Uint8Array, code: number, length: number): ArrayBuffer => {
	const head = new Uint8Array(length);
	head.set(bytes.subarray(0, 2));
	head[2] = ((bytes[2] as number) & 0x79) | 0x84;
	head[3] = 0x80 | code;
	return head.buffer;
};

const wordAt = (bytes: Uint8Array, at: number): number => {
	return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
};

import { enumeration, type OwnNames } from "./names";
import {
	classAny,
	classIN,
	encodeName,
	headerLength,
	highestBit,
	isName,
	mayBegin,
	questionLength,
	read16,
	read32,
	recordLength,
	recordType,
	skipName
} from "./wire";

/** What a message means to a device, bits. */
export const meaning = {
	/** Asks for the host's address, or for anything else of that name; or has all forget it. */
	host: 1,
	/** Asks for a service; or has all forget it. */
	services: 2,
	/** The answer is wanted by whoever asks, and not by all. */
	unicast: 4,
	/** Another device has the name. */
	conflict: 8,
	/** Another device wants the name too; and it goes before (RFC 6762 §8.2). */
	proposal: 16,
	defeat: 32
} as const;
Object.freeze(meaning);

/** Seconds that a known answer has to be good for: half of what it is given (RFC 6762 §7.1). */
const knownHost = 60;
const knownService = 2_250;

/** Operation and result code: other than 0 is not for multicast (RFC 6762 §18.3, §18.11). */
const operationAndResult = 0x780f;
const isResponse = 0x8000;

/** Made when it is first wanted, for names are encoded by natives. */
let enumerationName: Uint8Array | undefined;

/** What is found out while one message is read. */
interface Findings {
	/** Bits of `meaning`. */
	meaning: number;
	/** By bit, which service's instances are asked for, and are known. */
	asked: number;
	known: number;
	isHostKnown: boolean;
	/** How the address of another device that wants the name compares: 0 as ours; `undefined` for none. */
	rival: number | undefined;
	/** It has records of other types. */
	hasRival: boolean;
}

/** Whether it is a response. */
export const isAnswer = (bytes: Uint8Array): boolean => {
	return (read16(bytes, 2) & isResponse) !== 0;
};

/** Questions and records of a message, as its header has it. */
export const countEntries = (bytes: Uint8Array): number => {
	return read16(bytes, 4) + read16(bytes, 6) + read16(bytes, 8) + read16(bytes, 10);
};

/**
 * What a message means to the device with these names, bits of `meaning`; 0 when it means nothing, or is none.
 *
 * A message is read once, from its beginning to its end.
 */
export const inspect = (bytes: Uint8Array, own: OwnNames): number => {
	const flags = read16(bytes, 2);
	if (bytes.length < headerLength || (flags & operationAndResult) !== 0) return 0;
	const findings: Findings = { meaning: 0, asked: 0, known: 0, isHostKnown: false, rival: undefined, hasRival: false };
	const questions = read16(bytes, 4);
	const answers = read16(bytes, 6);
	const authorities = read16(bytes, 8);
	const isQuery = !isAnswer(bytes);
	let at = headerLength;
	for (let i = 0; i < questions; i++) {
		const end = skipName(bytes, at);
		if (end < 0 || end + questionLength > bytes.length) return 0;
		if (isQuery) readQuestion(bytes, at, end, own, findings);
		at = end + questionLength;
	}
	for (let left = answers + authorities + (isQuery ? 0 : read16(bytes, 10)); left > 0; left--) {
		const behind = skipName(bytes, at);
		const end = behind + recordLength + read16(bytes, behind + recordLength - 2);
		if (behind < 0 || end > bytes.length) return 0;
		if (!isQuery) readAnswer(bytes, at, behind, own, findings);
		else if (left > authorities) readKnown(bytes, at, behind, own, findings);
		else readProposal(bytes, at, behind, own, findings);
		at = end;
	}
	return conclude(findings);
};

const conclude = ({ meaning: found, asked, known, isHostKnown, rival, hasRival }: Findings): number => {
	if (isHostKnown) found &= ~meaning.host;
	if ((asked & ~known) !== 0) found |= meaning.services;
	if (rival !== undefined || hasRival) found |= meaning.proposal;
	// Records are compared in the order of their types, and an address is the first.
	if (rival === undefined ? hasRival : rival > 0) found |= meaning.defeat;
	return found;
};

const indexOf = (bytes: Uint8Array, at: number, names: readonly Uint8Array[]): number => {
	for (let i = 0; i < names.length; i++) if (isName(bytes, at, names[i] as Uint8Array)) return i;
	return -1;
};

const readQuestion = (bytes: Uint8Array, at: number, behind: number, own: OwnNames, findings: Findings): void => {
	const asked = findAsked(bytes, at, behind, own);
	const questionClass = read16(bytes, behind + 2);
	const plain = questionClass & ~highestBit;
	if (asked === 0 || (plain !== classIN && plain !== classAny)) return;
	if (asked > 0) findings.meaning |= asked;
	else findings.asked |= -asked;
	if (plain !== questionClass) findings.meaning |= meaning.unicast;
};

/** Bits of `meaning`; or, below 0, the bit of a service whose instances are asked for. */
const findAsked = (bytes: Uint8Array, at: number, behind: number, own: OwnNames): number => {
	// The names of services begin with that of the host.
	if (mayBegin(bytes, at, own.host)) {
		if (isName(bytes, at, own.host)) return meaning.host;
		return indexOf(bytes, at, own.instances) >= 0 ? meaning.services : 0;
	}
	const type = read16(bytes, behind);
	if (type !== recordType.PTR && type !== recordType.any) return 0;
	const service = indexOf(bytes, at, own.types);
	if (service >= 0) return -(1 << service);
	enumerationName ??= encodeName(enumeration);
	return own.types.length > 0 && isName(bytes, at, enumerationName) ? meaning.services : 0;
};

/** A record that whoever asks has already. */
const readKnown = (bytes: Uint8Array, at: number, behind: number, own: OwnNames, findings: Findings): void => {
	const type = read16(bytes, behind);
	const life = read32(bytes, behind + 4);
	if (type === recordType.A && life >= knownHost && isName(bytes, at, own.host))
		findings.isHostKnown = isOwnAddress(bytes, behind, own);
	if (type !== recordType.PTR || life < knownService) return;
	const service = findInstance(bytes, at, behind, own);
	if (service >= 0) findings.known |= 1 << service;
};

/** Which service's instance a PTR record says that there is; -1 for another device's. */
const findInstance = (bytes: Uint8Array, at: number, behind: number, own: OwnNames): number => {
	const service = indexOf(bytes, at, own.types);
	return service >= 0 && isName(bytes, behind + recordLength, own.instances[service] as Uint8Array) ? service : -1;
};

/** A record that another device would have if nobody objects. Both want the name: the greater address has it. */
const readProposal = (bytes: Uint8Array, at: number, behind: number, own: OwnNames, findings: Findings): void => {
	if (!isName(bytes, at, own.host)) return;
	if (read16(bytes, behind) === recordType.A) findings.rival ??= compare(bytes, behind + recordLength, own.address);
	else findings.hasRival = true;
};

const compare = (bytes: Uint8Array, at: number, address: Uint8Array): number => {
	for (let i = 0; i < address.length; i++) {
		const difference = (bytes[at + i] ?? 0) - (address[i] as number);
		if (difference !== 0) return difference;
	}
	return 0;
};

/**
 * A record of a response. One of another device that ends, by a life of no seconds, is no conflict. One of the device's own that
 * others are to forget before half of its life is said again (RFC 6762 §6.6): somebody else has said so.
 */
const readAnswer = (bytes: Uint8Array, at: number, behind: number, own: OwnNames, findings: Findings): void => {
	const type = read16(bytes, behind);
	const life = read32(bytes, behind + 4);
	if (type === recordType.PTR && life < knownService && findInstance(bytes, at, behind, own) >= 0)
		findings.meaning |= meaning.services;
	if (type === recordType.NSEC || !mayBegin(bytes, at, own.host)) return;
	if (isName(bytes, at, own.host)) {
		const isOwn = type === recordType.A && isOwnAddress(bytes, behind, own);
		findings.meaning |= judge(isOwn, life, knownHost, meaning.host);
		return;
	}
	if (type !== recordType.SRV && type !== recordType.TXT) return;
	const service = indexOf(bytes, at, own.instances);
	if (service < 0) return;
	// Texts are not compared.
	const isOwn = type === recordType.TXT || isOwnService(bytes, behind, own, service);
	findings.meaning |= judge(isOwn, life, type === recordType.TXT ? knownService : knownHost, meaning.services);
};

const judge = (isOwn: boolean, life: number, half: number, again: number): number => {
	if (isOwn) return life < half ? again : 0;
	return life > 0 ? meaning.conflict : 0;
};

const isOwnAddress = (bytes: Uint8Array, behind: number, { address }: OwnNames): boolean => {
	const at = behind + recordLength;
	return read16(bytes, at - 2) === address.length && address.every((byte, i) => byte === bytes[at + i]);
};

const isOwnService = (bytes: Uint8Array, behind: number, own: OwnNames, service: number): boolean => {
	// Priority and weight lie before the port.
	const at = behind + recordLength + 4;
	return read16(bytes, at) === own.ports[service] && isName(bytes, at + 2, own.host);
};

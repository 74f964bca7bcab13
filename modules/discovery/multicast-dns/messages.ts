import { joinBytes } from "text/join-bytes";
import { type Announced, enumeration, type OwnNames } from "./names";
import { classIN, encodeName, headerLength, highestBit, questionLength, recordType, skipName } from "./wire";

/** Seconds that records with the host in them are good for, and all others (RFC 6762 §10). */
const hostLife = 120;
const serviceLife = 4_500;
/** The same for whoever asks from another port, and is no part of multicast DNS (RFC 6762 §6.7). */
const legacyLife = 10;

/** Of a response, which has authority. */
const responseFlags = 0x8400;

/** Who an answer is for. `"goodbye"`: all, who forget the records by it (RFC 6762 §10.1). */
export type Audience = "all" | "legacy" | "goodbye";

const numbers = (...values: readonly number[]): Uint8Array => {
	return Uint8Array.from(values.flatMap(value => [value >> 8, value & 255]));
};

/** @param life seconds, less than 65536 */
const record = (
	name: Uint8Array,
	type: number,
	recordClass: number,
	life: number,
	...data: readonly Uint8Array[]
): Uint8Array => {
	const content = joinBytes(data);
	return joinBytes([name, numbers(type, recordClass, 0, life, content.length), content]);
};

const header = (id: number, flags: number, questions: number, answers: number, authorities: number): Uint8Array => {
	return numbers(id, flags, questions, answers, authorities, 0);
};

/** Life and class of records as the audience gets them. */
class Terms {
	readonly #audience: Audience;
	/** Of records that nobody else has. */
	readonly uniqueClass: number;

	constructor(audience: Audience) {
		this.#audience = audience;
		this.uniqueClass = audience === "legacy" ? classIN : classIN | highestBit;
	}

	life(seconds: number): number {
		if (this.#audience === "goodbye") return 0;
		return this.#audience === "legacy" ? legacyLife : seconds;
	}
}

/** Address, and that there is nothing else of that name. */
const hostRecords = ({ host, address }: OwnNames, terms: Terms): Uint8Array[] => {
	const life = terms.life(hostLife);
	return [
		record(host, recordType.A, terms.uniqueClass, life, address),
		record(host, recordType.NSEC, terms.uniqueClass, life, host, Uint8Array.of(0, 1, 0x80 >> recordType.A))
	];
};

const serviceRecords = (own: OwnNames, service: Announced, index: number, terms: Terms): Uint8Array[] => {
	const type = own.types[index] as Uint8Array;
	const instance = own.instances[index] as Uint8Array;
	const { uniqueClass } = terms;
	const life = terms.life(serviceLife);
	return [
		record(encodeName(enumeration), recordType.PTR, classIN, life, type),
		record(type, recordType.PTR, classIN, life, instance),
		record(instance, recordType.SRV, uniqueClass, terms.life(hostLife), numbers(0, 0, service.port), own.host),
		record(instance, recordType.TXT, uniqueClass, life, service.txt)
	];
};

/**
 * Asks whether anybody has the names, and says what the device would have (RFC 6762 §8.1). The host's address is asked for
 * besides, since python-zeroconf answers no question for everything of a host.
 */
export const probe = (own: OwnNames): Uint8Array => {
	const ask = (name: Uint8Array, type: number) => joinBytes([name, numbers(type, classIN | highestBit)]);
	const questions = [own.host, ...own.instances].map(name => ask(name, recordType.any));
	questions.push(ask(own.host, recordType.A));
	const address = record(own.host, recordType.A, classIN, hostLife, own.address);
	return joinBytes([header(0, 0, questions.length, 0, 1), ...questions, address]);
};

/**
 * What there is of the host, and of the services.
 * @param services at the places of their types; those that are not announced are left out
 * @param query of an audience `"legacy"`, whose answer has the number and the questions of it, as from any server of DNS
 */
export const response = (
	own: OwnNames,
	services: readonly (Announced | undefined)[],
	audience: Audience,
	query?: Uint8Array
): Uint8Array => {
	const terms = new Terms(audience);
	const records = services.flatMap((each, index) => (each ? serviceRecords(own, each, index, terms) : []));
	records.push(...hostRecords(own, terms));
	if (query === undefined) return joinBytes([header(0, responseFlags, 0, records.length, 0), ...records]);
	const id = ((query[0] as number) << 8) | (query[1] as number);
	return joinBytes([header(id, responseFlags, query[5] as number, records.length, 0), questionsOf(query), ...records]);
};

/** That a service is no longer there. */
export const farewell = (own: OwnNames, service: Announced, index: number): Uint8Array => {
	// Other services may be of the same kind as far as the enumeration goes, so that stays.
	const [, ...records] = serviceRecords(own, service, index, new Terms("goodbye"));
	return joinBytes([header(0, responseFlags, 0, records.length, 0), ...records]);
};

/** The questions of a message that `inspect` has read. Their pointers stay right, for they lie where they lay. */
const questionsOf = (query: Uint8Array): Uint8Array => {
	let at = headerLength;
	for (let left = query[5] as number; left > 0; left--) at = skipName(query, at) + questionLength;
	return query.subarray(headerLength, at);
};

import { fieldLimits } from "../limits";
import { listMembers, trimSpace } from "./ascii";

const weight = /^q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/;

/** The members of a list with weights (RFC 9110 §12.4.2), in lower case, each with its weight from 0 to 1. */
export function weightedMembers(value: string): Map<string, number> {
	const members = new Map<string, number>();
	for (const member of listMembers(value)) {
		const [name = "", ...parameters] = member.split(";", fieldLimits.maxParameters).map(trimSpace);
		let quality = 1;
		for (const parameter of parameters)
			if (parameter.startsWith("q=")) quality = Number(weight.exec(parameter)?.[1] ?? 0);
		members.set(name, quality);
	}
	return members;
}

/**
 * Chooses a content coding (RFC 9110 §12.5.3).
 * @param accepted the value of `Accept-Encoding`, if there was one.
 * @param available the codings there are besides none, the preferred ones first.
 * @returns the coding; `undefined` for the content as it is.
 */
export function chooseCoding<T extends string>(accepted: string | undefined, available: readonly T[]): T | undefined {
	if (accepted === undefined || available.length === 0) return undefined;
	const members = weightedMembers(accepted);
	const any = members.get("*");
	let best: T | undefined;
	let bestWeight = members.get("identity") ?? 0;
	for (const coding of available) {
		const quality = members.get(coding) ?? any ?? 0;
		if (quality > 0 && (best === undefined ? quality >= bestWeight : quality > bestWeight)) {
			best = coding;
			bestWeight = quality;
		}
	}
	return best;
}

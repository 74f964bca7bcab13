import { isDigits, lowerCase, trimSpace } from "text/ascii";
import { fieldLimits } from "../limits";

/** The members of a list with weights (RFC 9110 §12.4.2), in lower case, each with its weight from 0 to 1; but for long ones. */
export const weightedMembers = (value: string): Map<string, number> => {
	const members = new Map<string, number>();
	for (const member of value.split(",", fieldLimits.maxMembers)) {
		if (member.length > fieldLimits.maxMember) continue;
		const [name = "", ...parameters] = lowerCase(member).split(";", fieldLimits.maxParameters).map(trimSpace);
		if (name === "") continue;
		let quality = 1;
		for (const parameter of parameters) if (parameter.startsWith("q=")) quality = parseWeight(parameter.slice(2));
		members.set(name, quality);
	}
	return members;
};

/**
 * Chooses a content coding (RFC 9110 §12.5.3).
 * @param accepted the value of `Accept-Encoding`, if there was one.
 * @param available the codings there are besides none, the preferred ones first.
 * @returns the coding; `undefined` for the content as it is.
 */
export const chooseCoding = <T extends string>(
	accepted: string | undefined,
	available: readonly T[]
): T | undefined => {
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
};

/** A weight: 0 to 1 with up to three digits behind the point; 0 for anything else. */
const parseWeight = (text: string): number => {
	const [whole, fraction = ""] = text.split(".", 2);
	const isWellFormed =
		(whole === "0" || whole === "1") && fraction.length <= 3 && (fraction === "" || isDigits(fraction));
	const weight = isWellFormed && text.length <= 5 ? Number(text) : 0;
	return weight <= 1 ? weight : 0;
};

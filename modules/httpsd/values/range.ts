import { isDigits, trimSpace } from "text/ascii";
import { fieldLimits } from "../limits";

/** A part of content, in bytes. */
export interface ByteRange {
	readonly start: number;
	/** Behind the last byte. */
	readonly end: number;
}

/**
 * Resolves a `Range` field (RFC 9110 §14.2) against content of `size` bytes.
 * @returns the satisfiable ranges, none for a 416; `undefined` when the field is to be ignored: it is malformed, of
 * another unit, or asks for more bytes than the content has, or for more than `fieldLimits.maxRanges` ranges.
 */
export const parseRanges = (value: string, size: number): ByteRange[] | undefined => {
	const equals = value.indexOf("=");
	if (value.slice(0, Math.max(equals, 0)).toLowerCase() !== "bytes") return undefined;
	const members = value.slice(equals + 1).split(",", fieldLimits.maxMembers + 1);
	if (members.length > fieldLimits.maxMembers) return undefined;
	const specs = members.map(trimSpace).filter(spec => spec !== "");
	if (specs.length === 0 || specs.length > fieldLimits.maxRanges) return undefined;
	const ranges: ByteRange[] = [];
	let total = 0;
	for (const spec of specs) {
		const range = resolve(spec, size);
		if (range === undefined) return undefined;
		if (range.start >= range.end) continue;
		total += range.end - range.start;
		ranges.push(range);
	}
	return ranges.length > 1 && total > size ? undefined : ranges;
};

/** The value of `Content-Range` (RFC 9110 §14.4). */
export const contentRange = (range: ByteRange | undefined, size: number): string => {
	return `bytes ${range === undefined ? "*" : `${range.start}-${range.end - 1}`}/${size}`;
};

/** The range of one member, empty when it is not satisfiable; `undefined` when the member is malformed. */
const resolve = (spec: string, size: number): ByteRange | undefined => {
	const [first = "", last, ...more] = spec.split("-", 3);
	if (last === undefined || more.length > 0 || spec === "-") return undefined;
	if ((first !== "" && !isDigits(first)) || (last !== "" && !isDigits(last))) return undefined;
	if (first === "") return { start: Math.max(0, size - Number(last)), end: size };
	if (last !== "" && Number(last) < Number(first)) return undefined;
	const end = last === "" ? size : Math.min(size, Number(last) + 1);
	return { start: Number(first), end };
};

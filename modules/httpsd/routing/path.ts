import { replaceEvery } from "text/replace";
import HttpError from "../http-error";
import { fieldLimits } from "../limits";
import { percentDecode } from "../values/percent";

/**
 * A path of literal segments as a pattern has them, decoded: what `decodeSegments()` makes of a path that it matches.
 * @throws {TypeError} when it does not begin with a slash, or is no such path.
 */
export const decodePrefix = (prefix: string): string => {
	if (!prefix.startsWith("/")) throw new TypeError("Path prefix does not begin with a slash");
	const segments = prefix.split("/");
	if (segments.some(segment => segment.startsWith(":"))) throw new TypeError("Path prefix has a parameter");
	return segments.map(decodeLiteral).join("/");
};

/** A literal segment of a pattern, decoded. @throws {TypeError} when it has a `*`, a dot segment or a bad escape. */
export const decodeLiteral = (segment: string): string => {
	if (segment.includes("*")) throw new TypeError("Route wildcard is not a last segment of its own");
	const literal = percentDecode(segment);
	if (literal === undefined) throw new TypeError("Route is not percent-encoded UTF-8");
	if (hasDotSegment(literal)) throw new TypeError("Route has dot segments");
	return literal;
};

/**
 * A path without its last segment, but with the slash before it; or its last segment.
 * @returns `undefined` of what is to be decoded or refused: a path is plain if it is in US-ASCII, begins with a slash, and has no dot
 * segments, escapes, backslashes or NULs.
 */
export function plainPart(this: unknown, path: string, isLast: boolean): string | undefined {
	return native("xs_xstls_http_path_part").call(this, path, isLast);
}

/**
 * The segments of a request's path, each decoded.
 * @throws {HttpError} 400 when a segment is `.` or `..`, encoded or not, or would have one if it were split at its
 * slashes, backslashes and NULs; also when its encoding is not UTF-8. 414 when there are more than `maxSegments`.
 */
export const decodeSegments = (path: string): string[] => {
	// A segment that is empty takes thirty bytes, and a client may send nothing else. The first stands before the first slash.
	const segments = path.split(slash, fieldLimits.maxSegments + 2);
	if (segments.length > fieldLimits.maxSegments + 1)
		throw new HttpError(414, "TARGET", "Request path has too many segments");
	const isEncoded = path.includes(percent);
	if (isEncoded) {
		for (const [index, segment] of segments.entries()) {
			const decoded = percentDecode(segment);
			if (decoded === undefined) throw new HttpError(400, "TARGET", "Request path is not percent-encoded UTF-8");
			segments[index] = decoded;
		}
	}
	if (hasDotSegment(isEncoded ? segments.join(slash) : path))
		throw new HttpError(400, "TARGET", "Request path has dot segments");
	return segments;
};

// In flash: a text that is written out in a preloaded module is copied each time that it is used.
const slash = "/";
const percent = "%";
const dot = ".";

/** Whether there is what a file system could take for a dot segment. Most paths have no dot, which is found out first. */
const hasDotSegment = (path: string): boolean => {
	if (!path.includes(dot)) return false;
	const plain = `/${replaceEvery(replaceEvery(path, "\\", "/"), "\0", "/")}/`;
	return plain.includes("/./") || plain.includes("/../");
};

import { checkOptionNames, type OptionNames } from "text/option-names";
import { replaceCharacters, replaceEvery } from "text/replace";
import Time from "time";
import { fieldLimits } from "../limits";
import type Request from "../request";
import type Response from "../response";

/** One request and what became of it. */
export interface AccessEntry {
	readonly request: Request;
	readonly response: Response;
	/** Status that was sent; 499 when the client has left before there was one. */
	readonly status: number;
	/** Bytes of content that were sent; of a response that was cut off, those that were written. */
	readonly bytes: number;
	/** Whether the response is complete; `false` when the client has left before. */
	readonly isComplete: boolean;
	/** When the request came, in ms since 1970. */
	readonly time: number;
	/** Milliseconds from then to the end of the response. */
	readonly duration: number;
}

export interface AccessLogOptions {
	/**
	 * `"common"` is the Common Log Format, `"combined"` that with `Referer` and `User-Agent`; or a function that makes a
	 * line, without its end, or `undefined` for what is not logged. Default `"common"`.
	 */
	readonly format?: "common" | "combined" | ((entry: AccessEntry) => string | undefined);
	/** Takes a line, without its end. Default: it is traced. */
	readonly write?: (line: string) => unknown;
}

/** `-` without a value, and where a device has no room to read a long one: who sends such is logged nevertheless. */
const readOr = (read: () => string | undefined): string => {
	try {
		return read() ?? "-";
	} catch {
		return "-";
	}
};

/** `127.0.0.1 - ada [10/Oct/2026:13:55:36 +0000] "GET /a HTTP/1.1" 200 2326` */
const commonLine = ({ request, status, bytes, time }: AccessEntry): string => {
	const { user, method, target, version } = request;
	const address = readOr(() => request.address);
	const who = `${address} - ${user ? replaceEvery(escapeText(user), " ", "\\x20") : "-"}`;
	return `${who} [${dateOf(time)}] "${method} ${escapeText(target)} HTTP/${version}" ${status} ${bytes || "-"}`;
};

const combinedLine = (entry: AccessEntry): string => {
	const { headers } = entry.request;
	const quoted = (name: string) => `"${escapeText(readOr(() => headers.get(name)))}"`;
	return `${commonLine(entry)} ${quoted("referer")} ${quoted("user-agent")}`;
};

const optionNames: OptionNames<AccessLogOptions> = Object.freeze({ format: true, write: true });
const formats = Object.freeze({ common: commonLine, combined: combinedLine });

/** Status of a request whose client has left, as nginx has it. */
const clientLeft = 499;

/**
 * A filter, for `use("/")` before all others, that writes a line for each response once it is complete, or cut off. What
 * could not be parsed as a request gets to no filter, but is an `error` event.
 *
 * ```ts
 * server.use("/", accessLog());
 * ```
 * @throws {TypeError} for an option or a format that does not exist.
 */
export const accessLog = (options: AccessLogOptions = {}): ((request: Request, response: Response) => void) => {
	checkOptionNames("accessLog", options, optionNames);
	const { format = "common", write = (line: string) => trace(`${line}\n`) } = options;
	const toLine = typeof format === "function" ? format : formats[format];
	if (toLine === undefined) throw new TypeError("Format of the access log is neither common nor combined");
	return (request, response) => {
		const time = Date.now();
		const ticks = Time.ticks;
		response.whenDone((bytes, isComplete) => {
			const status = response.started ? response.statusCode : clientLeft;
			const duration = (Time.ticks - ticks) >>> 0;
			const line = toLine({ request, response, status, bytes, isComplete, time, duration });
			return line === undefined ? undefined : write(line);
		});
	};
};

/** `10/Oct/2026:13:55:36 +0000` */
const dateOf = (time: number): string => {
	const [, day, month, year, clock] = new Date(time).toUTCString().split(" ");
	return `${day}/${month}/${year}:${clock} +0000`;
};

/** A text in which no quote ends it, no line does, and nothing turns around what is shown: a client chose it. */
const escapeText = (text: string): string => {
	const { maxLogged } = fieldLimits;
	if (text.length > maxLogged) return `${escapeText(text.slice(0, maxLogged))}...`;
	return replaceCharacters(text, " !#[]~", character => (isShown(character) ? character : escapeCharacter(character)));
};

/** Whether a character beyond US-ASCII is one that is seen and turns nothing around. */
const isShown = (character: string): boolean => {
	const code = character.charCodeAt(0);
	if (code < 0xa0 || code === 0xad || code === 0x61c || code === 0xfeff) return false;
	const isHidden =
		(code >= 0x200b && code <= 0x200f) ||
		(code >= 0x2028 && code <= 0x202e) ||
		(code >= 0x2060 && code <= 0x206f) ||
		(code >= 0xfff9 && code <= 0xfffb);
	return !isHidden;
};

const escapeCharacter = (character: string): string => {
	const code = character.charCodeAt(0).toString(16);
	return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
};

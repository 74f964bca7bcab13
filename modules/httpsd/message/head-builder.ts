import { isFieldText } from "text/ascii";
import Headers from "../headers";
import { type CookieAttributes, formatCookie } from "../values/cookies";
import { isProtocolList } from "../values/lists";
import { encodeHead, encodeOk, encodeWhole, isShortText, type ResponseFraming } from "./response-head";
import { checkContent } from "./status";

/** Looked at in each response: a constant is not copied, as a text that is written out would be. */
const text = "string";

/** What text is unless a type has been set. */
export const plainText = "text/plain;charset=utf-8";

/** Fields that are the response's own to set. */
const reserved: ReadonlySet<string> = new Set([
	"connection",
	"content-length",
	"date",
	"keep-alive",
	"te",
	"trailer",
	"transfer-encoding",
	"upgrade"
]);

/** The head of a response, as the handler sets it before it is sent. */
export default class HeadBuilder {
	#status = 200;
	/** `Content-Type` alone, as a text, while it is the only field: most responses need no `Headers`. */
	#fields: Headers | string | undefined;
	/** What few responses have: each field that is there takes memory in each of them. */
	#special: { length: number | undefined; upgrade: string | undefined } | undefined;

	/** @param keepAlive what `Connection` says; `undefined` when that is what the version says anyway. */
	protected encode(framing: ResponseFraming, keepAlive: boolean | undefined): string {
		const fields = typeof this.#fields === "string" ? `content-type: ${this.#fields}\r\n` : (this.#fields ?? "");
		return encodeHead(this.#status, fields, framing, keepAlive, this.#special?.upgrade);
	}

	/**
	 * What `encode` makes, with a text behind it that `isShortText`; `text/plain` unless a type has been set.
	 * @throws {TypeError} when a response of that status has no content.
	 */
	protected encodeWhole(content: string, keepAlive: boolean | undefined): ArrayBuffer {
		checkContent(this.#status);
		this.defaultType(plainText);
		const fields = this.#fields as Headers | string;
		const isType = typeof fields === text;
		const [headers, type] = isType ? [undefined, fields as string] : [fields as Headers, undefined];
		return encodeWhole(this.#status, headers, type, keepAlive, this.#special?.upgrade, content);
	}

	/** The same for HTTP/1.1, where a connection that is kept is not told of; `undefined` of a text that is not short. */
	protected encodeShort(content: string, most: number): ArrayBuffer | undefined {
		if (this.#status === 200 && this.#special === undefined) {
			const type = this.#fields ?? plainText;
			if (typeof type === text) return encodeOk(type as string, content, most);
		}
		return isShortText(content, most) ? this.encodeWhole(content, undefined) : undefined;
	}

	protected defaultType(value: string): void {
		const fields = this.#fields;
		if (fields === undefined) this.#fields = value;
		else if (typeof fields !== text && !(fields as Headers).has("content-type"))
			(fields as Headers).set("content-type", value);
	}

	/** The status code set so far; 200 at first. */
	get statusCode(): number {
		return this.#status;
	}

	/** The fields set so far. To set one of those that frame the response throws a TypeError. */
	get headers(): Headers {
		const fields = this.#fields;
		if (fields !== undefined && typeof fields !== "string") return fields;
		const headers = new Headers(reserved);
		if (fields !== undefined) headers.set("content-type", fields);
		this.#fields = headers;
		return headers;
	}

	/**
	 * Sets the status code.
	 * @throws {RangeError} when it is not a whole number from 200 to 599.
	 */
	status(code: number): this {
		if (!Number.isInteger(code) || code < 200 || code > 599) throw new RangeError("Status must be from 200 to 599");
		this.#status = code;
		return this;
	}

	/** Sets a field. Throws a TypeError for a bad name, a control character in the value, or a framing field. */
	header(name: string, value: string | number): this {
		this.headers.set(name, value);
		return this;
	}

	/** Sets `Content-Type`, unless one has been set. Throws a TypeError for a control character in it. */
	type(value: string): this {
		if (!isFieldText(value)) throw new TypeError("Content type has a control character in it");
		this.defaultType(value);
		return this;
	}

	/** Sets a cookie, next to those set before. Throws as {@link formatCookie} does. */
	cookie(name: string, value: string, attributes?: CookieAttributes): this {
		this.headers.append("set-cookie", formatCookie(name, value, attributes));
		return this;
	}

	/**
	 * Sets the length of what `write()` will send in all, in bytes, so that no chunks are needed. To write more
	 * throws, to end with less cuts the connection off.
	 */
	length(bytes: number): this {
		if (!Number.isSafeInteger(bytes) || bytes < 0) throw new RangeError("Length must be a whole number of bytes");
		this.#special = { length: bytes, upgrade: this.#special?.upgrade };
		return this;
	}

	/**
	 * Sets `Upgrade`, to the protocol that could be spoken here, as 426 must (RFC 9110 §15.5.22).
	 * @throws {TypeError} when it is no `name` or `name/version`, or a list of them, of tokens (RFC 9110 §7.8).
	 */
	offer(protocol: string): this {
		if (!isProtocolList(protocol)) throw new TypeError("Upgrade is not a list of protocols");
		this.#special = { length: this.contentLength, upgrade: protocol };
		return this;
	}

	/** What `length()` has set. */
	protected get contentLength(): number | undefined {
		return this.#special?.length;
	}

	/** The head of a 101, which is the status from now on. */
	protected encodeUpgrade(): string {
		this.#status = 101;
		return this.encode("none", undefined);
	}
}

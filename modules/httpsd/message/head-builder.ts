import { isFieldText } from "text/ascii";
import Headers from "../headers";
import { type CookieAttributes, formatCookie } from "../values/cookies";
import { isProtocolList } from "../values/lists";
import { encodeHead, encodeWhole, type ResponseFraming } from "./response-head";

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
	#headers: Headers | undefined;
	/** `Content-Type`, while it is the only field: most responses need no `Headers`. */
	#type: string | undefined;
	/** What few responses have: each field that is there takes memory in each of them. */
	#special: { length: number | undefined; upgrade: string | undefined } | undefined;

	/** @param keepAlive what `Connection` says; `undefined` when that is what the version says anyway. */
	protected encode(framing: ResponseFraming, keepAlive: boolean | undefined): string {
		const fields = this.#headers ?? (this.#type === undefined ? "" : `content-type: ${this.#type}\r\n`);
		return encodeHead(this.#status, fields, framing, keepAlive, this.#special?.upgrade);
	}

	/** What `encode` makes, with a text behind it that `isShortText`. */
	protected encodeWhole(content: string, keepAlive: boolean | undefined): ArrayBuffer {
		const headers = this.#headers;
		const type = headers === undefined ? this.#type : undefined;
		return encodeWhole(this.#status, headers, type, keepAlive, this.#special?.upgrade, content);
	}

	protected defaultType(value: string): void {
		if (this.#headers === undefined) this.#type ??= value;
		else if (!this.#headers.has("content-type")) this.#headers.set("content-type", value);
	}

	/** The status code set so far; 200 at first. */
	get statusCode(): number {
		return this.#status;
	}

	/** The fields set so far. To set one of those that frame the response throws a TypeError. */
	get headers(): Headers {
		if (this.#headers === undefined) {
			this.#headers = new Headers(reserved);
			if (this.#type !== undefined) this.#headers.set("content-type", this.#type);
		}
		return this.#headers;
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

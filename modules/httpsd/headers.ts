import { isFieldText, isToken, trimSpace } from "text/ascii";
import { mostBytes } from "text/utf8";
import { noRoomNow } from "./heap/no-room";
import { hasRoomInXS } from "./heap/xs-room";
import HttpError from "./http-error";
import { fieldLimits } from "./limits";
import { fieldName } from "./values/field-names";

const none: string[] = [];
Object.freeze(none);

/** The value of a field in a head that was read in C; `undefined` without one, `null` when it has several lines. */
function findField(this: unknown, head: ArrayBuffer, name: string): string | undefined | null {
	return native("xs_xstls_http_head_find").call(this, head, name);
}

// Numbers by themselves: each value is compared with the first.
const shortValue: number = fieldLimits.shortValue;
const copies: number = fieldLimits.valueCopies;
/** The same of a text of all lines, which is made line by line: there is the text before beside it. */
const copiesOfAll: number = copies + 2;

/**
 * Whoever reads values takes them apart, and asks nobody: so whoever hands them out does.
 * @throws {HttpError} 503 where they are not short, and XS has no room.
 */
const checkRoom = (bytes: number, times: number = copies): void => {
	if (bytes > shortValue && !hasRoomInXS(0, times * bytes)) throw noRoomNow();
};

const bytesOf = (texts: readonly string[]): number => {
	let bytes = 0;
	for (const text of texts) bytes += mostBytes(text);
	return bytes;
};

/**
 * Field lines in the order they came or were set. Names are compared without case and kept in lower case; repeated
 * lines are kept apart. Those of a request may serve its connection's next request too, so nothing but what is checked
 * and allowed gets in, and what is not public is private at run time.
 */
export default class Headers {
	#names: string[] = none;
	#values: string[] = none;
	/** The head that they are of, until more of them is asked for than single fields. */
	#head: ArrayBuffer | undefined;
	/** Names that cannot be set, or that none can. */
	#reserved: ReadonlySet<string> | "all" | undefined;

	/** @param reserved names, in lower case, that `set`, `append` and `delete` refuse with a TypeError. */
	constructor(reserved?: ReadonlySet<string> | "all") {
		this.#reserved = reserved;
	}

	/** @internal Of a head that was read in C (`message/native-head`). Like those that `parse` returns. */
	static of(head: ArrayBuffer): Headers {
		const headers = new Headers("all");
		headers.#head = head;
		Object.freeze(headers);
		return headers;
	}

	static #read(headers: Headers): void {
		if (headers.#head === undefined) return;
		const lines = String.fromArrayBuffer(headers.#head).split("\r\n");
		// Behind the last are the empty line and what is behind its CRLF.
		lines.length -= 2;
		const parsed = Headers.parse(lines, 1);
		headers.#head = undefined;
		headers.#names = parsed.#names;
		headers.#values = parsed.#values;
	}

	/**
	 * Parses field lines (RFC 9112 §5). Folded lines, spaces around the name and control characters are refused; spaces
	 * around a value are taken away.
	 * @param lines the lines without CRLF; those from `start` on are parsed.
	 * @param known lines that `parsed` was made of: what is the same in the same place is not parsed again.
	 * @returns headers of which `set`, `append` and `delete` throw a TypeError.
	 * @throws {HttpError} 400.
	 */
	static parse(lines: readonly string[], start: number, known?: readonly string[], parsed?: Headers): Headers {
		const names: string[] = [];
		const values: string[] = [];
		for (let index = start; index < lines.length; index++) {
			const line = lines[index] as string;
			if (parsed !== undefined && line === known?.[index]) {
				names.push(parsed.#names[index - start] as string);
				values.push(parsed.#values[index - start] as string);
				continue;
			}
			// One by one: to join them would take their length once or twice more.
			if (!isFieldText(line)) throw new HttpError(400, "CONTROL_CHARACTER", "Control character in the head");
			const colon = line.indexOf(":");
			names.push(fieldName(colon < 0 ? "" : line.slice(0, colon)));
			// One space, as nearly every line has.
			const value = line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
			values.push(trimSpace(line.slice(value)));
		}
		const headers = new Headers("all");
		headers.#names = names;
		headers.#values = values;
		Object.freeze(headers);
		return headers;
	}

	/** Number of field lines. */
	get size(): number {
		Headers.#read(this);
		return this.#names.length;
	}

	/**
	 * The value of the field, its lines joined by `", "` (RFC 9110 §5.3); `undefined` when there is none.
	 * @throws {HttpError} 503 where it is a request's, long, and XS has no room for what is made of it, such as its parts.
	 */
	get(name: string): string | undefined {
		const key = name.toLowerCase();
		let value: string | undefined | null = null;
		if (this.#head !== undefined) value = findField(this.#head, key);
		if (value === null) {
			Headers.#read(this);
			const first = this.#names.indexOf(key);
			if (first < 0) return undefined;
			const isOnly = this.#names.indexOf(key, first + 1) < 0;
			value = isOnly ? this.#values[first] : this.getAll(key).join(key === "cookie" ? "; " : ", ");
		}
		// Not a method of its own: each object would have a slot for it.
		if (value !== undefined && value.length > shortValue && this.#reserved === "all") checkRoom(mostBytes(value));
		return value;
	}

	/** The value of each line of the field, in order. Throws as `get` does. */
	getAll(name: string): string[] {
		Headers.#read(this);
		const key = name.toLowerCase();
		const values = this.#values.filter((_, index) => this.#names[index] === key);
		if (this.#reserved === "all") checkRoom(bytesOf(values));
		return values;
	}

	has(name: string): boolean {
		const key = name.toLowerCase();
		return this.#head === undefined ? this.#names.includes(key) : findField(this.#head, key) !== undefined;
	}

	/** Number of lines of the field: 0, 1, or 2 for any more. */
	occurrences(name: string): 0 | 1 | 2 {
		Headers.#read(this);
		const first = this.#names.indexOf(name);
		if (first < 0) return 0;
		return this.#names.indexOf(name, first + 1) < 0 ? 1 : 2;
	}

	/**
	 * Puts one line in the place of all lines of that name.
	 * @throws {TypeError} when the name is no token or reserved, or the value has a control character (CR, LF, NUL).
	 */
	set(name: string, value: string | number): void {
		const text = String(value);
		const key = this.#check(name, text);
		this.#remove(key);
		this.#add(key, text);
	}

	/** Adds a line, keeping those of the same name. Throws as `set` does. */
	append(name: string, value: string | number): void {
		const text = String(value);
		this.#add(this.#check(name, text), text);
	}

	/** Removes every line of the field. */
	delete(name: string): void {
		this.#checkOpen();
		this.#remove(name.toLowerCase());
	}

	/** The field lines as they are sent, each with its CRLF. Throws as `get` does. */
	toString(): string {
		Headers.#read(this);
		if (this.#reserved === "all") checkRoom(bytesOf(this.#names) + bytesOf(this.#values), copiesOfAll);
		let text = "";
		for (let index = 0; index < this.#names.length; index++)
			text += `${this.#names[index]}: ${this.#values[index]}\r\n`;
		return text;
	}

	/** Each field line, in order. Throws as `get` does, before the first, for whoever has one may have all. */
	*[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
		Headers.#read(this);
		if (this.#reserved === "all") checkRoom(bytesOf(this.#values));
		for (let index = 0; index < this.#names.length; index++)
			yield [this.#names[index] as string, this.#values[index] as string];
	}

	#add(key: string, value: string): void {
		if (this.#names === none) {
			this.#names = [];
			this.#values = [];
		}
		this.#names.push(key);
		this.#values.push(value);
	}

	#remove(key: string): void {
		for (let at = this.#names.indexOf(key); at >= 0; at = this.#names.indexOf(key)) {
			this.#names.splice(at, 1);
			this.#values.splice(at, 1);
		}
	}

	#checkOpen(): void {
		if (this.#reserved === "all") throw new TypeError("Headers of a request cannot be changed");
	}

	#check(name: string, value: string): string {
		this.#checkOpen();
		if (!isToken(name)) throw new TypeError("Header name is not a token");
		const key = name.toLowerCase();
		if ((this.#reserved as ReadonlySet<string> | undefined)?.has(key))
			throw new TypeError(`Header ${key} is set by the response itself`);
		if (!isFieldText(value)) throw new TypeError(`Header ${key} has a control character in its value`);
		return key;
	}
}

// A generator's prototype is an object of its own, which takes RAM unless it is frozen.
Object.freeze(Headers.prototype[Symbol.iterator].prototype);

import { hasOnly } from "text/characters";
import { encodeText } from "text/utf8";
import { noRoomNow } from "../heap/no-room";
import { defaultLimits } from "../limits";
import { LongText } from "./long-text";

/** Content to send: text goes as UTF-8. */
export type Content = string | ArrayBuffer | Uint8Array;

/** Content in pieces: an iterator, or a function that is called for each piece until it gives `undefined`. */
export type ContentSource =
	| Iterable<Content>
	| AsyncIterable<Content>
	| (() => Content | undefined | Promise<Content | undefined>);

/**
 * Throws unless it can be sent, which only TypeScript says beforehand.
 * @param advice what to use for other values.
 * @throws {TypeError} when it is neither text nor bytes.
 */
export const requireContent = (content: Content, advice = "json()"): void => {
	if (typeof content === "string" || content instanceof Uint8Array || content instanceof ArrayBuffer) return;
	throw new TypeError(`${nameType(content)} is neither text, an ArrayBuffer nor a Uint8Array: use ${advice}`);
};

/** What kind of value it is, in a message about content. */
const nameType = (value: unknown): string => {
	if (typeof value !== "object" || value === null) return `Content of type ${value === null ? "null" : typeof value}`;
	return `Content of type ${(value as { constructor?: { name?: string } }).constructor?.name || "object"}`;
};

/**
 * Content as bytes, text as UTF-8: at once up to `coalesce` characters, else as it is sent.
 * @throws {TypeError} as `requireContent()` does.
 */
export const toBytes = (content: Content, coalesce: number, advice?: string): ArrayBuffer | Uint8Array | LongText => {
	if (typeof content === "string") return content.length > coalesce ? new LongText(content) : encodeText(content);
	requireContent(content, advice);
	return content;
};

/** Whom it asks whether XS has room for what is made, beside what others need not ask for. */
interface MakingRoom {
	hasRoomBeside(bytes: number): boolean;
	/** The same; if not, that counts as refused. */
	isThereBeside(bytes: number): boolean;
}

/** JSON writes a control character as six. */
const escaped = 6;
/** Of a longer text than a client can send, its handler knows how long its JSON is; it is not looked at. Characters. */
const plenty = escaped * defaultLimits.maxBufferedBody;
/** Bytes of JSON that is made in any case. */
const few = 2 * defaultLimits.coalesce;
/** Levels of arrays and objects that are looked at. */
const mostLevels = 16;

/** An array or object whose values are looked at. */
interface Level {
	readonly values: Readonly<Record<number | string, unknown>>;
	/** Of an object's values: those of an array are taken by their index, for names of them would take 100 bytes each. */
	readonly names: readonly string[] | undefined;
	readonly count: number;
	at: number;
}

const levelOf = (value: object): Level => {
	const names = Array.isArray(value) ? undefined : Object.keys(value);
	const count = names === undefined ? (value as unknown[]).length : names.length;
	return { values: value as Level["values"], names, count, at: 0 };
};

const textLength = (text: string): number => 2 + (hasOnly(text, " !#[]~", false) ? 1 : escaped) * text.length;

/** Of what is neither a text nor has values of its own. */
const plainLength = (value: unknown): number => (typeof value === "number" && (value | 0) === value ? 11 : 24);

/** What is written in the place of a value. */
const written = (value: unknown): unknown => {
	if (typeof value !== "object" || value === null) return value;
	const { toJSON } = value as { toJSON?: unknown };
	return typeof toJSON === "function" ? toJSON.call(value) : value;
};

/**
 * Bytes of a value's JSON, at most; of one that has more than `most`, some number above. One level after the other: a call
 * for each would take 560 bytes of XS's stack.
 */
const jsonLength = (whole: unknown, most: number): number => {
	const levels: Level[] = [];
	let length = 0;
	for (let next = whole; length <= most; ) {
		const value = written(next);
		if (typeof value === "string") length += textLength(value);
		else if (typeof value !== "object" || value === null || levels.length === mostLevels) length += plainLength(value);
		else {
			length += 2;
			levels.push(levelOf(value));
		}
		let level = levels.at(-1);
		for (; level !== undefined && level.at === level.count; level = levels.at(-1)) levels.pop();
		if (level === undefined) break;
		const name = level.names?.[level.at];
		length += 2 + (name === undefined ? 0 : textLength(name));
		next = level.values[name ?? level.at];
		level.at++;
	}
	return length;
};

/**
 * A value as JSON.
 * @throws {TypeError} when it has none: `undefined`, a function, a cycle. @throws {HttpError} 503 when XS has no room for it now.
 */
export const toJSONText = (value: unknown, peer: object): string => {
	const { account } = peer as { readonly account: MakingRoom };
	// What is short is made without a question: where XS has little room, garbage is collected for each.
	if (
		jsonLength(value, few) > few &&
		!account.hasRoomBeside(plenty) &&
		!account.isThereBeside(jsonLength(value, plenty))
	)
		throw noRoomNow();
	const text: string | undefined = JSON.stringify(value);
	if (text === undefined) throw new TypeError("Value has no JSON");
	return text;
};

/** The pieces one by one. */
export async function* contentPieces(source: ContentSource): AsyncGenerator<Content, void, undefined> {
	if (typeof source !== "function") yield* source;
	else for (let piece = await source(); piece !== undefined; piece = await source()) yield piece;
}

// A generator's prototype is an object of its own, which takes RAM unless it is frozen.
Object.freeze(contentPieces.prototype);

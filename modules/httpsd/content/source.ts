import { encodeText } from "text/utf8";
import { LongText } from "./long-text";

/** Content to send: text goes as UTF-8. */
export type Content = string | ArrayBuffer | Uint8Array;

/** Content in pieces: an iterator, or a function that is called for each piece until it gives `undefined`. */
export type ContentSource =
	| Iterable<Content>
	| AsyncIterable<Content>
	| (() => Content | undefined | Promise<Content | undefined>);

/** Content as bytes, text as UTF-8: at once up to `coalesce` characters, else as it is sent. */
export function toBytes(content: Content, coalesce: number): ArrayBuffer | Uint8Array | LongText {
	if (typeof content !== "string") return content;
	return content.length > coalesce ? new LongText(content) : encodeText(content);
}

/** A value as JSON. @throws {TypeError} when it has none: `undefined`, a function, a cycle. */
export function toJSONText(value: unknown): string {
	const text: string | undefined = JSON.stringify(value);
	if (text === undefined) throw new TypeError("Value has no JSON");
	return text;
}

/** The pieces one by one. */
export async function* contentPieces(source: ContentSource): AsyncGenerator<Content, void, undefined> {
	if (typeof source !== "function") yield* source;
	else for (let piece = await source(); piece !== undefined; piece = await source()) yield piece;
}

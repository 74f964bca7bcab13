import { decodeRoom, decodeText } from "text/utf8";
import HttpError from "../http-error";
import { jsonMemory, parseJson } from "../json";
import type { Limits } from "../limits";
import type { Conversion } from "./gatherer";

/** Content as it is. */
export const asBytes: Conversion<ArrayBuffer> = Object.freeze({
	least: 0,
	room: () => 0,
	kept: (content: ArrayBuffer) => content.byteLength,
	convert: (content: ArrayBuffer) => content
});

/** @throws {HttpError} 400 when it is not UTF-8. */
export const decodeContent = (content: ArrayBuffer): string => {
	const text = decodeText(content);
	if (text === undefined) throw new HttpError(400, "BODY_TEXT", "Request content is not UTF-8");
	return text;
};

/** Content as text. */
export const asText: Conversion<string> = Object.freeze({
	least: 1,
	room: decodeRoom,
	kept: (content: ArrayBuffer) => content.byteLength,
	convert: decodeContent
});

/** Content as what its JSON says. */
export class AsJson implements Conversion<unknown> {
	/** Its text, and values that are taken for as much. */
	readonly least = 2;
	readonly #names: readonly string[];
	readonly #limits: Pick<Limits, "maxJsonDepth" | "maxJsonMemory">;

	constructor(names: readonly string[], limits: Pick<Limits, "maxJsonDepth" | "maxJsonMemory">) {
		this.#names = names;
		this.#limits = limits;
	}

	room(content: ArrayBuffer): number {
		return jsonMemory(content, this.#limits.maxJsonMemory) + decodeRoom(content);
	}

	kept(content: ArrayBuffer, room: number): number {
		return room - decodeRoom(content);
	}

	convert(content: ArrayBuffer): unknown {
		return parseJson(content, this.#names, this.#limits.maxJsonDepth, this.#limits.maxJsonMemory);
	}
}

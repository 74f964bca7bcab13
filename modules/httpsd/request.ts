import type Body from "./body";
import { type Part, readParts } from "./content/multipart-form";
import { readFields, readForm } from "./content/urlencoded-form";
import type Fields from "./fields";
import { parseFields } from "./fields";
import type Headers from "./headers";
import { noRoomNow } from "./heap/no-room";
import { fieldLimits, formLimits } from "./limits";
import { certificateRoom, cookieCost, pairCost } from "./memory/costs";
import type { RequestHead } from "./message/kept-head";
import type { Peer, TLSDetails } from "./peer";
import type Response from "./response";
import { parseCookies } from "./values/cookies";
import type { ForwardedMember } from "./values/forwarded";

const noParams: Readonly<Record<string, string>> = Object.freeze({});

/** Filters that have more to run for a file: see `routing/filters`. */
interface Guard {
	guard(
		request: Request,
		response: Response,
		spell: (path: string) => readonly string[],
		names: { covers(prefix: string, path: string): boolean } | undefined
	): Promise<boolean>;
}

/** Where the content comes from, and who finds out who asks. */
export interface RequestSource {
	readonly body: Body;
	readonly peer: Peer;
	/** Takes memory until the request ends. @throws {HttpError} 413 or 503 when there is none. */
	hold(bytes: number): void;
	readonly proxies?: { read(address: string | undefined, headers: Headers): ForwardedMember | undefined } | undefined;
}

/** What it is asked whether there is room for its certificate, if it has sent one. */
interface AskedPeer extends Peer {
	readonly tls: (TLSDetails & { readonly authorized: boolean; readonly authorizationError?: unknown }) | undefined;
	readonly account: { isThereBeside(bytes: number): boolean };
}

/** A request whose head has come; its content is read through `body`. */
export default class Request {
	readonly #head: RequestHead;
	readonly #source: RequestSource;
	/** What the route's pattern matched; set by the server before the handler is called. */
	params: Readonly<Record<string, string>> = noParams;
	/** Anything that the application keeps with the request. */
	declare context: unknown;
	/** @internal Where there are filters, they: of files more of them may have to run. */
	declare filters: Guard | undefined;
	/** Whether it came over plain TCP and goes to HTTPS once filters have seen it: what answers by itself leaves it alone. */
	declare isRedirected: true | undefined;
	/** Who sent it, once an authentication filter has found out. */
	declare user: string | undefined;
	// Absent until they are asked for: each field that is there takes memory in each request.
	declare private parsedQuery: Fields | undefined;
	declare private parsedCookies: ReadonlyMap<string, string> | undefined;

	constructor(head: RequestHead, source: RequestSource) {
		this.#head = head;
		this.#source = source;
	}

	/** The connection that it came on. */
	get peer(): Peer {
		return this.#source.peer;
	}

	/** The method, such as `"GET"`. */
	get method(): string {
		return this.#head.method;
	}

	/** The request target as it came. */
	get target(): string {
		return this.#head.target;
	}

	/** The path of the target, percent-encoded. */
	get path(): string {
		return this.#head.path;
	}

	/** The query of the target, without the question mark, percent-encoded; empty when there is none. */
	get search(): string {
		return this.#head.search;
	}

	/** The query taken apart. @throws {HttpError} 400 when it is malformed; 413 or 503 when there is no memory for it. */
	get query(): Fields {
		if (this.parsedQuery === undefined) {
			if (this.search !== "") this.holdPairs(this.search, "&", formLimits.maxFields, pairCost);
			this.parsedQuery = parseFields(this.search);
		}
		return this.parsedQuery;
	}

	/** The cookies by name. @throws {HttpError} 413 or 503 when there is no memory for them. */
	get cookies(): ReadonlyMap<string, string> {
		if (this.parsedCookies === undefined) {
			const field = this.headers.get("cookie");
			if (field !== undefined) this.holdPairs(field, "=", fieldLimits.maxCookies, cookieCost);
			this.parsedCookies = parseCookies(field);
		}
		return this.parsedCookies;
	}

	/** `"1.1"` or `"1.0"`. */
	get version(): "1.1" | "1.0" {
		return this.#head.minor === 1 ? "1.1" : "1.0";
	}

	/** Host and optional port that the request is for; where a trusted proxy has passed it on, that the client has asked for. */
	get host(): string {
		return this.forwarded?.host ?? this.#head.host;
	}

	/** Address of the client: what a trusted proxy says, else that of the connection. A proxy may say `unknown`. */
	get address(): string | undefined {
		return this.forwarded?.address ?? this.peer.remoteAddress;
	}

	/** How the client has asked: what a trusted proxy says, else how the request has come. */
	get scheme(): "http" | "https" {
		return this.forwarded?.scheme ?? (this.peer.tls === undefined ? "http" : "https");
	}

	/** Read anew each time, since few requests are asked for it. */
	private get forwarded(): ForwardedMember | undefined {
		return this.#source.proxies?.read(this.peer.remoteAddress, this.headers);
	}

	/** Takes memory for the pairs of a text, before it is taken apart. */
	private holdPairs(text: string, separator: string, most: number, cost: number): void {
		let count = 1;
		for (let at = text.indexOf(separator); at >= 0 && count < most; at = text.indexOf(separator, at + 1)) count++;
		this.#source.hold(2 * text.length + count * cost);
	}

	/** The content, to be read once. */
	get body(): Body {
		return this.#source.body;
	}

	/** The header fields, which cannot be changed. */
	get headers(): Headers {
		return this.#head.headers;
	}

	/**
	 * The connection's TLS details; `undefined` over plain TCP.
	 * @throws {HttpError} 503 when the client has sent a certificate, and there is no memory now to read it.
	 */
	get tls(): TLSDetails | undefined {
		const { tls, account } = this.peer as AskedPeer;
		if (tls !== undefined && (tls.authorized || tls.authorizationError !== undefined))
			if (!account.isThereBeside(certificateRoom)) throw noRoomNow();
		return tls;
	}

	/** The content as bytes. See {@link Body.bytes}. */
	bytes(max?: number): Promise<ArrayBuffer> {
		return this.body.bytes(max);
	}

	/** The content as text. See {@link Body.text}. */
	text(max?: number): Promise<string> {
		return this.body.text(max);
	}

	/** The content as JSON, with the properties that are named. See {@link Body.json}. */
	json(names: readonly string[], max?: number): Promise<unknown> {
		return this.body.json(names, max);
	}

	/**
	 * The content as a urlencoded form, gathered in memory: at most `max` bytes and `formLimits.maxFields` pairs.
	 * @throws {HttpError} 415 when it is of another type, else as {@link Body.text} and `parseFields` do.
	 */
	form(max?: number): Promise<Fields> {
		return readForm(this.body, this.headers.get("content-type"), max);
	}

	/** The content as a urlencoded form, pair by pair as it comes. */
	fields(): AsyncGenerator<[name: string, value: string], void, undefined> {
		return readFields(this.body, this.headers.get("content-type"));
	}

	/**
	 * The content as a multipart form, part by part as it comes.
	 *
	 * ```ts
	 * for await (const part of request.parts()) if (part.filename) for await (const piece of part) file.write(piece);
	 * ```
	 */
	parts(): AsyncGenerator<Part, void, undefined> {
		return readParts(this.body, this.headers.get("content-type"));
	}
}

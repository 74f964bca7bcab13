import { isVisible } from "text/ascii";
import type Channel from "./channel";
import type Exchange from "./connection/response-exchange";
import type { DoneCallback } from "./connection/response-exchange";
import { done, fresh, headed, streaming } from "./connection/response-phase";
import ResponseStream, { joined } from "./connection/response-stream";
import { linkPage } from "./content/link-page";
import type { LongText } from "./content/long-text";
import { type Content, type ContentSource, contentPieces, toBytes, toJSONText } from "./content/source";
import type Headers from "./headers";
import { fixedCosts } from "./memory/costs";
import HeadBuilder, { plainText } from "./message/head-builder";
import { isShortText } from "./message/response-head";
import { checkContent, isBodiless } from "./message/status";

/** Looked at in each response: constants are not copied, either. */
const text = "string";
const empty = "";

/**
 * The answer to a request: either one `send()` or `json()`, or any number of `write()` and then `end()`. How the end
 * of the content is marked (a length, chunks, or the end of the connection) is chosen here and nowhere else. After the
 * client has left every call does nothing, and `gone` is true.
 */
export default class Response extends HeadBuilder {
	readonly #exchange: Exchange;
	#state = fresh;
	// Absent until they are needed: each field that is there takes memory in each response.
	declare private pieces: ResponseStream | undefined;
	declare private holdsMemory: true | undefined;

	constructor(exchange: Exchange) {
		super();
		this.#exchange = exchange;
	}

	/**
	 * Sends the whole response, in pieces of what the client takes. Text is `text/plain` unless a type has been set.
	 * @param isKept whether the content is held anyway, in flash or for all requests: it does not count for `memory`.
	 * @throws {HttpError} 503 when there is no memory now for it to wait until the client takes it.
	 * @throws {TypeError} when the response has begun, a 204, 205 or 304 is given content, or `content` is neither text
	 * nor bytes: nothing has been sent then.
	 */
	send(content?: Content, isKept?: boolean): void {
		// In as few calls as there can be, for most responses are sent here.
		if (typeof content === text && this.#state === fresh) {
			const exchange = this.#exchange;
			const most = exchange.mostAtOnce();
			const bytes = most === 0 ? undefined : this.encodeShort(content as string, most);
			if (bytes !== undefined) {
				this.#state = done;
				if (!exchange.answer(bytes)) exchange.answerLast(this.encodeWhole(content as string, false));
				return;
			}
		}
		this.sendAny(content === undefined ? empty : content, isKept);
	}

	private sendAny(content: Content, isKept = false): void {
		const exchange = this.#exchange;
		if (exchange.gone || this.#state !== fresh) {
			if (this.ended()) return;
			throw new TypeError("Response has already begun");
		}
		const isText = typeof content === text && content !== empty;
		if (isText) this.defaultType(plainText);
		if (!isText || exchange.isHead || !isShortText(content as string, exchange.coalesce)) {
			this.sendBytes(toBytes(content, exchange.coalesce), isKept);
			return;
		}
		const status = this.statusCode;
		if (status !== 200) checkContent(status);
		this.#state = streaming;
		const keep = exchange.mayKeep(true);
		exchange.write(this.encodeWhole(content as string, exchange.isHTTP10 || !keep ? keep : undefined));
		this.#state = done;
		exchange.finish(keep, content as string);
	}

	private sendBytes(body: ArrayBuffer | Uint8Array | LongText, isKept: boolean): void {
		const exchange = this.#exchange;
		const { coalesce } = exchange;
		const length = body.byteLength;
		const status = this.statusCode;
		if (length > 0) checkContent(status);
		if (length > coalesce && !isKept && !exchange.isHead) exchange.checkRoom(body);
		this.#state = streaming;
		const keep = exchange.mayKeep(true);
		const framing = length === 0 && isBodiless(status) ? "none" : length;
		const head = this.encode(framing, exchange.isHTTP10 || !keep ? keep : undefined);
		if (length === 0 || exchange.isHead) exchange.write(ArrayBuffer.fromString(head));
		else if (length > coalesce) {
			exchange.write(ArrayBuffer.fromString(head));
			exchange.write(body, isKept);
		} else exchange.write(joined(head, body as ArrayBuffer | Uint8Array));
		this.#state = done;
		exchange.finish(keep, exchange.isHead ? 0 : length);
	}

	private ended(): boolean {
		if (this.#exchange.gone) {
			this.#exchange.handled();
			return true;
		}
		if (this.#state === done) throw new TypeError("Response is already complete");
		return this.#state === headed;
	}

	private finish(state: number, keep: boolean): void {
		this.#state = state;
		this.#exchange.finish(keep, this.sent);
	}

	/** Whether the client has left before the response was complete, or has got the head that answers its HEAD. */
	get gone(): boolean {
		return this.#exchange.gone || this.#state === headed;
	}

	/** Whether the head is on its way, so that status and headers are settled. */
	get started(): boolean {
		return this.#state !== fresh;
	}

	/** Whether the response is complete. */
	get finished(): boolean {
		return this.#state === done || this.#state === headed;
	}

	/** @internal A handler goes on until the promise has settled; `failed` is called if it rejects, and does not throw. */
	follow(promise: PromiseLike<unknown>, failed: (error: unknown) => void): void {
		const exchange = this.#exchange;
		exchange.beginHandler();
		promise.then(
			() => exchange.endHandler(),
			error => {
				failed(error);
				exchange.endHandler();
			}
		);
	}

	/** @internal Bytes of content that have been written in pieces; 0 for what answers a HEAD. */
	get sent(): number {
		return this.#exchange.isHead ? 0 : (this.pieces?.sent ?? 0);
	}

	/**
	 * Has `callback` called once, when the response is complete or the client has left before. What it throws, or rejects
	 * with, is an `error` event. Status and fields are settled then.
	 */
	whenDone(callback: DoneCallback): void {
		this.#exchange.whenDone(callback);
	}

	/** Sends a value as JSON. Throws as `send()` does, 503 also without memory to make it, and a TypeError for what has none, such as `undefined`. */
	json(value: unknown): void {
		if (this.ended()) return;
		const text = toJSONText(value, this.#exchange.peer);
		this.defaultType("application/json");
		this.send(text);
	}

	/** Sends a page of HTML. Throws as `send()` does. */
	html(text: string): void {
		if (this.ended()) return;
		this.defaultType("text/html;charset=utf-8");
		this.send(text);
	}

	/**
	 * Sends the client to another place: a URI, percent-encoded. A page with a link is for clients that don't go there.
	 * @param status 301, 302, 303, 307 or 308.
	 * @throws {TypeError} when it is none.
	 */
	redirect(location: string, status = 302): void {
		if (this.ended()) return;
		if (typeof location !== "string" || location === "" || !isVisible(location))
			throw new TypeError("Location is no text, empty or not percent-encoded");
		this.status(status).header("location", location).header("content-type", "text/html;charset=utf-8");
		this.send(linkPage(location));
	}

	/**
	 * Sends content as it is made, no faster than the client takes it. Ends early when the client leaves.
	 * @param source pieces, or a function that gives the next piece and `undefined` at the end.
	 */
	async stream(source: ContentSource): Promise<void> {
		for await (const piece of contentPieces(source)) {
			if (this.gone) return;
			await this.write(piece);
		}
		this.end();
	}

	/**
	 * Sends a piece of the content; an empty one sends the head alone.
	 * @returns a promise that resolves when there is room for more; to wait for it keeps memory flat.
	 * @param isKept as for `send()`. Other content that waits and has no room: 503, or the connection is cut off.
	 * @throws {TypeError} when the response is complete, has a status without content, or is over its length.
	 */
	write(content: Content, isKept = false): Promise<void> {
		if (this.ended()) return Promise.resolve();
		const bytes = toBytes(content, this.#exchange.coalesce);
		if (this.#state === fresh && !isKept && !this.#exchange.isHead) this.#exchange.checkRoom(bytes);
		if (this.#state === fresh && !this.holdsMemory) this.hold(fixedCosts.pieces);
		const stream = this.begin();
		stream.write(bytes, isKept);
		if (this.#exchange.isHead) this.finish(headed, stream.keep);
		return this.#exchange.ready();
	}

	/**
	 * Completes a response that was written in pieces. Throws as `write()` does.
	 * @param trailers fields behind the content; those of HTTP/1.0 and of a response with a length are left out.
	 */
	end(content: Content = "", trailers?: Headers): void {
		if (this.ended()) return;
		if (this.#state === fresh && this.contentLength === undefined) {
			this.send(content);
			return;
		}
		const bytes = toBytes(content, this.#exchange.coalesce);
		const stream = this.begin();
		if (bytes.byteLength > 0) stream.write(bytes);
		if (stream.end(trailers)) this.finish(done, stream.keep);
		else this.abort();
	}

	/**
	 * Ends the connection behind this response, and says so (`Connection: close`), as is wanted before a restart. Once the
	 * response has begun it ends without that.
	 */
	closeConnection(): this {
		this.#exchange.endConnection();
		return this;
	}

	/**
	 * Counts the connection among those without end, as WebSockets and event streams are, until the response is complete:
	 * for pictures of a camera, and the like.
	 * @throws {HttpError} 503 when there are `maxLongLived`.
	 */
	longLived(): this {
		if (!this.#exchange.gone) this.#exchange.channel.stay();
		return this;
	}

	/** @internal Takes memory for a response that goes on. @throws {HttpError} 503 when there is none now. */
	hold(bytes: number): void {
		this.#exchange.hold(bytes);
		this.holdsMemory = true;
	}

	private begin(): ResponseStream {
		if (this.pieces !== undefined) return this.pieces;
		checkContent(this.statusCode);
		this.#state = streaming;
		const exchange = this.#exchange;
		const framing = this.contentLength ?? (exchange.isHTTP10 ? "close" : "chunked");
		const keep = framing !== "close" && exchange.mayKeep(false);
		const head = this.encode(framing, exchange.isHTTP10 || !keep ? keep : undefined);
		this.pieces = new ResponseStream(exchange, head, framing, keep);
		return this.pieces;
	}

	/** @internal The connection beneath, for what lives on it as long as the response does. */
	get channel(): Channel {
		return this.#exchange.channel;
	}

	/**
	 * Changes from HTTP to another protocol (RFC 9110 §7.8): answers 101 with the fields set so far.
	 * @returns the connection; `undefined` when the client has left.
	 * @throws {HttpError} 426 when the request does not ask for it by `Upgrade`, as HEAD and HTTP/1.0 can't; 400 when it
	 * has content that is not read. @throws {TypeError} when the response has begun, or as `offer()` does.
	 */
	upgrade(protocol: string): Channel | undefined {
		if (this.ended()) return undefined;
		if (this.#state !== fresh) throw new TypeError("Response has already begun");
		this.offer(protocol);
		this.#exchange.checkUpgrade(protocol);
		this.longLived();
		this.#state = done;
		this.#exchange.write(ArrayBuffer.fromString(this.encodeUpgrade()));
		this.#exchange.upgrade();
		return this.#exchange.channel;
	}

	/** Cuts the connection off. */
	abort(): void {
		if (this.finished) return;
		this.#state = done;
		this.#exchange.abort();
	}
}

import { asError } from "../async/promises";
import Body, { type BodySource } from "../body";
import type { ChannelOwner } from "../channel";
import { join } from "../content/pieces";
import HttpError from "../http-error";
import { pieceCost } from "../limits";
import Charge from "../memory/charge";
import { fixedCosts } from "../memory/costs";
import type { BodyDecoder } from "../message/body-decoder";
import ChunkedDecoder from "../message/chunked-decoder";
import type { Framing } from "../message/framing";
import LengthDecoder from "../message/length-decoder";
import MinRate from "./min-rate";

const continueHead = "HTTP/1.1 100 Continue\r\n\r\n";

/** What the content needs of its connection. */
export interface ContentOwner extends ChannelOwner {
	/** The handler waits for content that has not come, or has been given some: another deadline applies. */
	updateDeadline(): void;
}

/** The request that the content is of. */
export interface ContentRequest {
	readonly response: { readonly started: boolean };
	/** Processes what has come, of the content and behind it. */
	process(): void;
	/** Bytes of the content were taken from the connection. */
	contentTaken(): void;
}

/** The content of a request, from the connection through its decoder to the handler's body. */
export default class RequestContent implements BodySource {
	readonly body: Body;
	readonly #owner: ContentOwner;
	readonly #request: ContentRequest;
	readonly #decoder: BodyDecoder;
	/** The same, unless the content comes in chunks. */
	readonly #known: LengthDecoder | undefined;
	/** What is held of a trailer section, which comes behind what the body holds, and perhaps when nobody reads that any more. */
	readonly #trailers: Charge | undefined;
	/** Whether the client still waits for `100 Continue`. */
	#expectsContinue: boolean;
	/** Why the content can't be read to its end, so that where the next request begins is not known. */
	#failure: HttpError | undefined;
	/** Why the rest of the content can't be read any more: it is discarded. */
	#unread: HttpError | undefined;
	#discarded = 0;
	/** While its handler is being called: whether that has asked for content, which it is given behind its call, where XS's stack is less deep. */
	#isAsked: boolean | undefined;
	#rate: MinRate | undefined;

	/** `fixedCosts.content` have been taken for it, if there is any. */
	constructor(owner: ContentOwner, request: ContentRequest, { contentLength, expectContinue }: Framing) {
		const { limits } = owner.server;
		const charge = new Charge(owner.account, contentLength === 0 ? 0 : fixedCosts.content);
		this.#owner = owner;
		this.#request = request;
		if (contentLength !== undefined) this.#known = new LengthDecoder(contentLength, limits.maxBody);
		else this.#trailers = new Charge(owner.account);
		this.#decoder = this.#known ?? new ChunkedDecoder(limits, this.#trailers as Charge);
		this.#expectsContinue = expectContinue === true && contentLength !== 0;
		this.body = new Body(this, contentLength, limits, charge);
	}

	/** Whether all of it has been taken from the connection. */
	get complete(): boolean {
		return this.#decoder.done;
	}

	/** Milliseconds that the client was waited for in all to send it; `undefined` once it is complete. */
	get waitedFor(): number | undefined {
		return this.#decoder.done ? undefined : (this.#rate?.total ?? 0);
	}

	/** Begins to wait for more content. @returns the milliseconds that the client has. */
	beginWait(): number {
		const { bodyTimeout, minRate } = this.#owner.server.limits;
		this.#rate ??= new MinRate(bodyTimeout, minRate);
		return this.#rate.begin();
	}

	/** Whether it can't be read to its end. */
	get failed(): boolean {
		return this.#failure !== undefined;
	}

	/**
	 * Whether what has not been read may be discarded, to get to the next request.
	 * @param isLast whether no more of it will be read. Then what has come is discarded here: of chunks nobody knows how
	 * many will follow, and a client that is not told that the connection ends may send its next request behind them.
	 */
	mayDiscard(isLast: boolean): boolean {
		if (this.#decoder.done) return true;
		if (this.#expectsContinue) return false;
		const { maxDiscard } = this.#owner.server.limits;
		if (this.#known !== undefined) return this.#known.remaining <= maxDiscard;
		return !isLast || this.discard(maxDiscard) === true;
	}

	/** Sets the most bytes that it may have. */
	allow(max: number): void {
		this.#decoder.max = max;
	}

	/** The handler waits for content. What is too long is refused here, and not to who reads none of it. */
	pull(): void {
		const known = this.#known;
		if (known !== undefined && known.remaining > known.max) {
			this.fail(new HttpError(413, "BODY_SIZE", "Content-Length is over the limit"));
			return;
		}
		if (this.#expectsContinue && this.#owner.input.empty && !this.#request.response.started)
			this.#owner.output.send(ArrayBuffer.fromString(continueHead));
		this.#expectsContinue = false;
		if (this.#isAsked === undefined) this.#request.process();
		else this.#isAsked = true;
	}

	/** Its handler is called. */
	beginCall(): void {
		this.#isAsked = false;
	}

	/** That has returned. */
	endCall(): void {
		const isAsked = this.#isAsked;
		this.#isAsked = undefined;
		if (isAsked === true) this.#request.process();
	}

	/** Gives the handler what has come, as long as it waits for content. */
	process(): void {
		const body = this.body;
		while (body.awaited) {
			const isTaken = this.takePiece();
			this.#owner.updateDeadline();
			if (!isTaken) break;
		}
	}

	/** Takes what has come, for who waits for it. @returns whether that was anything. */
	private takePiece(): boolean {
		const bytes = this.take();
		if (bytes === undefined) return false;
		// Content of a known length, as most is, needs no decoding.
		const known = this.#known;
		if (known === undefined || !known.take(bytes.byteLength)) this.deliver(this.decode(bytes));
		else {
			this.body.deliver(bytes);
			if (known.done) this.body.finish(undefined);
		}
		return true;
	}

	/** The response is complete: what has not been read can't be read any more. */
	endReading(): void {
		this.body.charge.end();
		if (this.#decoder.done) {
			this.#trailers?.end();
			return;
		}
		this.#unread = new HttpError(400, "BODY_DISCARDED", "Content was thrown away, for the response is complete");
		this.body.fail(this.#unread);
	}

	/**
	 * Discards content that nobody has read.
	 * @param max the most bytes. Once the client has been promised that the connection is kept: `maxLinger`.
	 * @returns whether the next request may be read; `undefined` when there is more to come first.
	 */
	discard(max: number = this.#owner.server.limits.maxLinger): boolean | undefined {
		while (!this.#decoder.done && this.#failure === undefined && this.#discarded <= max) {
			const bytes = this.take();
			if (bytes === undefined) return undefined;
			for (const piece of this.decode(bytes)) this.#discarded += piece.byteLength;
		}
		this.#trailers?.end();
		return this.#decoder.done && this.#failure === undefined;
	}

	/** No more content can be read. */
	fail(error: HttpError): void {
		this.#failure ??= error;
		this.body.fail(error);
	}

	/** The connection has closed. What had come by then is the handler's all the same. */
	closed(): void {
		while (!this.#decoder.done && this.#unread === undefined && !this.#owner.input.empty) {
			const bytes = this.take();
			if (bytes === undefined) break;
			this.deliver(this.decode(bytes));
		}
		this.fail(new HttpError(400, "CLIENT_GONE", "Client has left before the end of its request"));
	}

	private take(): ArrayBuffer | undefined {
		if (this.#failure !== undefined) return undefined;
		const owner = this.#owner;
		const readSize = owner.server.limits.readSize;
		const remaining = this.#decoder.remaining;
		const bytes = owner.input.take(remaining < readSize ? remaining : readSize);
		if (bytes === undefined) return undefined;
		this.#rate?.transferred(bytes.byteLength);
		this.#request.contentTaken();
		return bytes;
	}

	private decode(bytes: ArrayBuffer): ArrayBuffer[] {
		const { input } = this.#owner;
		const content: ArrayBuffer[] = [];
		try {
			const used = this.#decoder.push(bytes, content);
			if (used < bytes.byteLength) input.putBack(bytes.slice(used));
			const { chunks } = this.#decoder;
			if (chunks > 1) input.charge(chunks * pieceCost);
		} catch (error) {
			this.fail(error instanceof HttpError ? error : new HttpError(400, "BODY", asError(error).message));
		}
		return content;
	}

	private deliver(content: ArrayBuffer[]): void {
		if (content.length > 0) this.body.deliver(content.length === 1 ? (content[0] as ArrayBuffer) : join(content));
		if (this.#decoder.done) this.body.finish(this.#decoder.trailers);
	}
}

import { asError, catchRejection } from "../async/promises";
import type Body from "../body";
import Channel from "../channel";
import type { LongText } from "../content/long-text";
import { noRoomNow } from "../heap/no-room";
import type HttpError from "../http-error";
import { noRoom } from "../memory/charge";
import type { RequestHead } from "../message/kept-head";
import type { Peer } from "../peer";
import Request from "../request";
import Response from "../response";
import type { ClientFinder } from "./connection-server";
import type ExchangeOwner from "./exchange-owner";
import { Handling, manyHandlers } from "./handlers";
import InputOverflow from "./input-overflow";
import RequestContent, { type ContentRequest } from "./request-content";
import type { DoneCallback, default as Exchange } from "./response-exchange";
import Special from "./special";
import { checkUpgrade } from "./upgrade";

/** In flash: to compare with a text that is written out costs a copy of it in a preloaded module. */
const headMethod = "HEAD";

/** One request and its response on a connection (RFC 9110 §3.4). */
export default class RequestExchange implements Exchange, ContentRequest {
	readonly request: Request;
	readonly response: Response;
	gone = false;
	readonly #owner: ExchangeOwner;
	readonly #head: RequestHead;
	/** Where there is no content, it is made when it is asked for: most requests have none. */
	#content: RequestContent | undefined;
	#special: Special | undefined;

	constructor(owner: ExchangeOwner, head: RequestHead) {
		this.#owner = owner;
		this.#head = head;
		if (head.contentLength !== 0) this.#content = new RequestContent(owner, this, head);
		this.request = new Request(head, this);
		this.response = new Response(this);
	}

	mostAtOnce(): number {
		// One after the other: to join them by `||` costs more.
		if (this.gone) return 0;
		if (this.#special !== undefined) return 0;
		if (this.#content !== undefined) return 0;
		return this.#head.isPlain ? this.#owner.limits.coalesce : 0;
	}

	answer(bytes: ArrayBuffer): boolean {
		return this.#owner.answer(bytes);
	}

	/** Has the handler called, which had to wait or whose request has content. */
	start(): void {
		this.#content?.beginCall();
		this.#owner.server.dispatch(this.request, this.response, this.#head);
		this.called();
	}

	/** The handler has been called. */
	called(): void {
		if (!this.response.finished) this.handle(handling => handling.respond());
		this.#content?.endCall();
	}

	refuse(): void {
		this.endConnection(); // Requests behind it would wait as long, each of them.
		this.#owner.server.onTimeout(manyHandlers(), this.request, this.response);
	}

	beginHandler(): void {
		this.handle(handling => handling.begin());
	}

	endHandler(): void {
		this.#special?.handling?.settle();
	}

	handled(): void {
		this.#special?.handling?.responded();
	}

	private handle(act: (handling: Handling) => void): void {
		act(this.handling);
		if (this.gone) this.handling.leave(this, this.#owner.account);
	}

	private get handling(): Handling {
		this.special.handling ??= new Handling(this.#owner.server.handlers);
		return this.special.handling;
	}

	get isHead(): boolean {
		return this.#head.method === headMethod;
	}

	answerLast(bytes: ArrayBuffer): void {
		this.write(bytes);
		this.#owner.finish(false, true);
	}

	get isHTTP10(): boolean {
		return this.#head.minor === 0;
	}

	get peer(): Peer {
		return this.#owner.peer;
	}

	private get special(): Special {
		this.#special ??= new Special();
		return this.#special;
	}

	get body(): Body {
		this.#content ??= new RequestContent(this.#owner, this, this.#head);
		return this.#content.body;
	}

	get proxies(): ClientFinder | undefined {
		return this.#owner.server.proxies;
	}

	/** Whether the handler waits for content. */
	get awaitsContent(): boolean {
		return this.#content?.body.awaited ?? false;
	}

	get coalesce(): number {
		return this.#owner.limits.coalesce;
	}

	get channel(): Channel {
		const { special } = this;
		special.channel ??= new Channel(this.#owner, this.handling);
		return special.channel;
	}

	/** Whether all of the request has been taken from the connection. */
	get complete(): boolean {
		return this.#content?.complete ?? true;
	}

	/** Whether the client may still be sending at the end. */
	get lingers(): boolean {
		return !this.complete || (this.#special?.overflow?.discarding ?? false);
	}

	/** Milliseconds that the client was waited for in all to send the content; `undefined` once it is complete. */
	get waitedFor(): number | undefined {
		return this.#content?.waitedFor;
	}

	/** Begins to wait for more content. @returns the milliseconds that the client has. */
	beginWait(): number {
		return (this.#content as RequestContent).beginWait();
	}

	mayKeep(isLast: boolean): boolean {
		const special = this.#special;
		if (special !== undefined && (special.isLast || special.overflow?.discarding)) return false;
		const content = this.#content;
		if (!this.#head.keepAlive || content?.failed || !this.#owner.server.mayKeep(this.#owner)) return false;
		return content === undefined || content.mayDiscard(isLast);
	}

	endConnection(): void {
		this.special.isLast = true;
	}

	write(bytes: ArrayBuffer | Uint8Array | LongText, isKept = false): void {
		this.#owner.output.send(bytes, isKept);
	}

	checkRoom(bytes: ArrayBuffer | Uint8Array | LongText): void {
		if (!this.#owner.output.fits(bytes)) throw noRoomNow();
	}

	hold(bytes: number): void {
		const { account } = this.#owner;
		if (!account.take(bytes)) throw noRoom(account, bytes);
		this.special.held += bytes;
	}

	ready(): Promise<void> {
		return this.#owner.output.ready();
	}

	whenDone(callback: DoneCallback): void {
		this.special.addDone(callback, (done, sent, isComplete) => this.tell(done, sent, isComplete));
	}

	/** Tells those who wait for the end. */
	private tellDone(special: Special, sent: number, isComplete: boolean): void {
		const done = special.takeDone();
		if (done !== undefined) this.tell(done, sent, isComplete);
	}

	private tell(done: DoneCallback, sent: number, isComplete: boolean): void {
		const failed = (error: unknown) => this.#owner.server.failed(asError(error), this.#owner.peer);
		try {
			const settled = catchRejection(done(sent, isComplete), failed);
			if (settled !== undefined) this.handle(handling => handling.follow(settled));
		} catch (error) {
			failed(error);
		}
	}

	finish(keep: boolean, sent: number | string): void {
		this.#content?.endReading(keep);
		const special = this.#special;
		this.#owner.finish(
			special === undefined ? keep : this.endSpecial(special, sent) && keep,
			this.#content === undefined
		);
	}

	/** @returns whether the connection may be kept. */
	private endSpecial(special: Special, sent: number | string): boolean {
		special.overflow?.end();
		special.channel?.endStay();
		special.handling?.responded();
		if (special.held > 0) this.#owner.account.give(special.held);
		this.tellDone(special, typeof sent === "string" ? sent.length : sent, true);
		return !special.isLast && !special.overflow?.discarding;
	}

	abort(): void {
		this.#owner.destroy();
	}

	upgrade(): void {
		const { special } = this;
		special.overflow?.end();
		this.#owner.account.give(special.held);
		special.held = 0;
		this.tellDone(special, 0, true);
		this.#owner.upgrade(this.channel);
	}

	/** The server is stopping. */
	stop(): void {
		this.#special?.channel?.stop();
	}

	/** Gives the handler what content has come, as long as it waits for some; else looks whether the client has left. */
	process(): void {
		const content = this.#content;
		content?.process();
		if (content === undefined || !(content.body.awaited || content.body.isWaiting)) this.readAhead();
		this.#special?.channel?.process();
	}

	contentTaken(): void {
		this.#special?.overflow?.end();
	}

	/** Reads ahead, while no handler waits for content: TCP reports that the client has left only behind all it has sent. */
	private readAhead(): void {
		const owner = this.#owner;
		const overflow = this.#special?.overflow;
		if (overflow !== undefined) overflow.process();
		else if (!owner.input.ahead(owner.limits.maxAhead)) {
			this.special.overflow = new InputOverflow(owner, this);
			this.special.overflow.begin();
		}
	}

	/**
	 * Discards content that nobody has read.
	 * @returns whether the next request may be read; `undefined` when there is more to come first.
	 */
	discard(): boolean | undefined {
		const content = this.#content;
		return content === undefined || content.discard();
	}

	/** No more content can be read. */
	fail(error: HttpError): void {
		this.#content?.fail(error);
	}

	/** The connection has closed. @returns whether a handler goes on, with which its account will be closed. */
	closed(): boolean {
		this.gone = true;
		this.#special?.overflow?.end();
		this.#content?.closed();
		if (this.#special !== undefined) this.tellDone(this.#special, this.response.sent, false);
		this.#owner.server.handlers.cancel(this);
		if (this.#special?.channel !== undefined) return this.#special.channel.closed();
		this.#special?.handling?.leave(this, this.#owner.account);
		return this.#special?.handling !== undefined;
	}

	checkUpgrade(protocol: string): void {
		checkUpgrade(protocol, this.request, this.complete, this.#special?.overflow);
	}
}

import { asError, catchRejection } from "../async/promises";
import type Body from "../body";
import Channel from "../channel";
import type { LongText } from "../content/long-text";
import HttpError from "../http-error";
import { noRoom, noRoomNow } from "../memory/charge";
import type { Framing } from "../message/framing";
import type { RequestHead } from "../message/request-head";
import Request from "../request";
import Response from "../response";
import { listMembers } from "../values/lists";
import type ConnectionServer from "./connection-server";
import type { AcceptedConnection, ClientFinder } from "./connection-server";
import InputOverflow from "./input-overflow";
import RequestContent, { type ContentOwner, type ContentRequest } from "./request-content";
import type Exchange from "./response-exchange";
import type { DoneCallback } from "./response-exchange";

/** What an exchange needs of its connection. */
export interface ExchangeOwner extends ContentOwner, AcceptedConnection {
	readonly server: ConnectionServer;
	/** The connection is no longer HTTP's: the channel takes the place of the exchange. */
	upgrade(channel: Channel): void;
}

/** One request and its response on a connection (RFC 9110 §3.4). */
export default class RequestExchange implements Exchange, ContentRequest {
	readonly request: Request;
	readonly response: Response;
	readonly isHead: boolean;
	readonly isHTTP10: boolean;
	gone = false;
	readonly #owner: ExchangeOwner;
	readonly #framing: Framing;
	/** Where there is no content, it is made when it is asked for: most requests have none. */
	#content: RequestContent | undefined;
	#channel: Channel | undefined;
	#overflow: InputOverflow | undefined;
	/** Bytes that a response which goes on holds. */
	#held = 0;
	/** Whether the connection ends behind it. */
	#isLast = false;
	#done: DoneCallback | undefined;

	constructor(owner: ExchangeOwner, head: RequestHead) {
		this.#owner = owner;
		this.#framing = head;
		if (head.contentLength !== 0) this.#content = new RequestContent(owner, this, head);
		this.isHead = head.method === "HEAD";
		this.isHTTP10 = head.minor === 0;
		this.request = new Request(head, this, owner.peer);
		this.response = new Response(this);
	}

	get body(): Body {
		this.#content ??= new RequestContent(this.#owner, this, this.#framing);
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
		return this.#owner.server.limits.coalesce;
	}

	get channel(): Channel {
		this.#channel ??= new Channel(this.#owner);
		return this.#channel;
	}

	/** Whether all of the request has been taken from the connection. */
	get complete(): boolean {
		const content = this.#content;
		return content === undefined || content.complete;
	}

	/** Whether the client may still be sending when the connection ends. */
	get lingers(): boolean {
		return !this.complete || (this.#overflow?.discarding ?? false);
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
		if (this.#isLast || this.#overflow?.discarding) return false;
		const content = this.#content;
		if (!this.#framing.keepAlive || content?.failed || !this.#owner.server.mayKeep(this.#owner)) return false;
		return content === undefined || content.mayDiscard(isLast);
	}

	endConnection(): void {
		this.#isLast = true;
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
		this.#held += bytes;
	}

	ready(): Promise<void> {
		return this.#owner.output.ready();
	}

	whenDone(callback: DoneCallback): void {
		const before = this.#done;
		this.#done =
			before === undefined
				? callback
				: (sent, isComplete) => {
						this.tell(before, sent, isComplete);
						return callback(sent, isComplete);
					};
	}

	/** Tells those who wait for the end. */
	private tellDone(sent: number, isComplete: boolean): void {
		const done = this.#done as DoneCallback;
		this.#done = undefined;
		this.tell(done, sent, isComplete);
	}

	private tell(done: DoneCallback, sent: number, isComplete: boolean): void {
		const failed = (error: unknown) => this.#owner.server.failed(asError(error), this.#owner.peer);
		try {
			catchRejection(done(sent, isComplete), failed);
		} catch (error) {
			failed(error);
		}
	}

	finish(keep: boolean, sent: number): void {
		const overflow = this.#overflow;
		overflow?.end();
		this.#content?.endReading();
		this.#channel?.endStay();
		if (this.#held > 0) this.#owner.account.give(this.#held);
		if (this.#done !== undefined) this.tellDone(sent, true);
		this.#owner.finish(keep && !this.#isLast && !overflow?.discarding);
	}

	abort(): void {
		this.#owner.destroy();
	}

	upgrade(): void {
		this.#overflow?.end();
		this.#owner.account.give(this.#held);
		this.#held = 0;
		if (this.#done !== undefined) this.tellDone(0, true);
		this.#owner.upgrade(this.channel);
	}

	/** The server is stopping. */
	stop(): void {
		this.#channel?.stop();
	}

	/** Gives the handler what content has come, as long as it waits for some; else looks whether the client has left. */
	process(): void {
		const content = this.#content;
		content?.process();
		if (content === undefined || !(content.body.awaited || content.body.isWaiting)) this.readAhead();
		this.#channel?.process();
	}

	contentTaken(): void {
		this.#overflow?.end();
	}

	/** Reads ahead, while no handler waits for content: TCP reports that the client has left only behind all it has sent. */
	private readAhead(): void {
		const { input, server } = this.#owner;
		if (this.#overflow?.discarding) this.#overflow.discard();
		else if (input.ahead(server.limits.maxAhead)) this.#overflow?.end();
		else {
			this.#overflow ??= new InputOverflow(this.#owner, this);
			this.#overflow.begin();
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

	/** The connection has closed. */
	closed(): void {
		this.gone = true;
		this.#overflow?.end();
		this.#content?.closed();
		if (this.#done !== undefined) this.tellDone(this.response.sent, false);
		this.#channel?.closed();
	}

	checkUpgrade(protocol: string): void {
		const { headers, version } = this.request;
		const listed = (name: string) => listMembers(headers.get(name) ?? "");
		const asks = version === "1.1" && !this.isHead && listed("connection").includes("upgrade");
		const asked = asks ? listed("upgrade") : [];
		if (!listMembers(protocol).every(member => asked.includes(member)))
			throw new HttpError(426, "UPGRADE", "Request does not ask for an upgrade to this protocol");
		if (!this.complete) throw new HttpError(400, "UPGRADE_BODY", "Request to upgrade has content that is not read");
		if (this.#overflow?.discarding) throw new HttpError(400, "AHEAD", "Client has sent too much ahead of the upgrade");
	}
}

import Body, { type BodySource } from "../body";
import HttpError from "../http-error";
import { pieceCost } from "../limits";
import { listMembers } from "../message/ascii";
import { type BodyDecoder, ChunkedDecoder, LengthDecoder } from "../message/body-decoder";
import type { Framing } from "../message/framing";
import { join } from "../message/pieces";
import type { RequestHead } from "../message/request-head";
import Request from "../request";
import Response from "../response";
import type { Turn } from "./busy-turns";
import Channel, { type ChannelHost, type ChannelOwner } from "./channel";
import Excess from "./excess";
import Pace from "./pace";
import { asError } from "./rejection";
import type Exchange from "./response-exchange";

/** What an exchange needs of the server. */
export interface ExchangeHost extends ChannelHost {
	/** Whether a connection that answers a request may serve another. One that may not is counted on to leave. */
	mayKeep(connection: Turn): boolean;
}

/** What an exchange needs of its connection. */
export interface ExchangeOwner extends ChannelOwner, Turn {
	readonly host: ExchangeHost;
	ready(): Promise<void>;
	/** The handler waits for content that has not come, or has been given some. */
	reading(): void;
	/** The connection is no longer HTTP's: the channel takes the place of the exchange. */
	upgrade(channel: Channel): void;
}

const nothing = new LengthDecoder(0);
const continueHead = "HTTP/1.1 100 Continue\r\n\r\n";

/** One request and its response on a connection. */
export default class RequestExchange implements Exchange, BodySource {
	readonly request: Request;
	readonly response: Response;
	readonly isHead: boolean;
	readonly isOld: boolean;
	gone = false;
	readonly #owner: ExchangeOwner;
	readonly #framing: Framing;
	readonly #decoder: BodyDecoder;
	/** Whether the client still waits for `100 Continue`. */
	#expecting: boolean;
	/** Why the body can't be read to its end, so that nothing behind it can be trusted. */
	#failure: HttpError | undefined;
	#body: Body | undefined;
	/** Why nobody can read the rest of the content: it is thrown away. */
	#unread: HttpError | undefined;
	#discarded = 0;
	#channel: Channel | undefined;
	#pace: Pace | undefined;
	#excess: Excess | undefined;

	constructor(owner: ExchangeOwner, head: RequestHead) {
		const framing = head.framing;
		const contentLength = framing.contentLength;
		this.#owner = owner;
		this.#framing = framing;
		this.#expecting = contentLength !== 0 && framing.expectContinue;
		if (contentLength === 0) this.#decoder = nothing;
		else if (contentLength === undefined) this.#decoder = new ChunkedDecoder(owner.host.limits);
		else this.#decoder = new LengthDecoder(contentLength);
		this.isHead = head.line.method === "HEAD";
		this.isOld = head.line.minor === 0;
		this.request = new Request(head, this, owner.peer);
		this.response = new Response(this);
	}

	/** The content, made when it is asked for: most requests have none. */
	get body(): Body {
		if (this.#body === undefined) {
			this.#body = new Body(this, this.#framing.contentLength, this.#owner.host.limits);
			const failure = this.#failure ?? this.#unread;
			if (failure !== undefined) this.#body.fail(failure);
		}
		return this.#body;
	}

	/** Whether the handler waits for content. */
	get wanting(): boolean {
		return this.#body?.wanting ?? false;
	}

	get coalesce(): number {
		return this.#owner.host.limits.coalesce;
	}

	get channel(): Channel {
		this.#channel ??= new Channel(this.#owner);
		return this.#channel;
	}

	/** Whether all of the request has been taken from the connection. */
	get complete(): boolean {
		return this.#decoder.done;
	}

	/** Whether the client may still be sending when the connection ends. */
	get lingers(): boolean {
		return !this.#decoder.done || (this.#excess?.dropping ?? false);
	}

	/** Milliseconds that the client was waited for in all to send the content; `undefined` once it is complete. */
	get awaited(): number | undefined {
		return this.#decoder.done ? undefined : (this.#pace?.total ?? 0);
	}

	/** Milliseconds that the client has from now on to send more content. */
	get wait(): number {
		const { bodyTimeout, minRate } = this.#owner.host.limits;
		this.#pace ??= new Pace(bodyTimeout, minRate);
		return this.#pace.wait;
	}

	keeps(): boolean {
		if (this.#excess?.dropping) return false;
		if (!this.#framing.keepAlive || this.#failure !== undefined || !this.#owner.host.mayKeep(this.#owner)) return false;
		if (this.#decoder.done) return true;
		if (this.#expecting) return false;
		return this.#framing.contentLength === undefined || this.#decoder.wanted <= this.#owner.host.limits.maxDiscard;
	}

	write(bytes: ArrayBuffer | Uint8Array): void {
		this.#owner.send(bytes);
	}

	ready(): Promise<void> {
		return this.#owner.ready();
	}

	finish(keep: boolean): void {
		const excess = this.#excess;
		excess?.clear();
		if (this.#decoder !== nothing && !this.#decoder.done) {
			this.#unread = new HttpError(400, "BODY_DISCARDED", "Content was thrown away, for the response is complete");
			this.#body?.fail(this.#unread);
		}
		this.#owner.finish(keep && !excess?.dropping);
	}

	abort(): void {
		this.#owner.destroy();
	}

	upgrade(): void {
		this.#excess?.clear();
		this.#owner.upgrade(this.channel);
	}

	/** The server is stopping. */
	drain(): void {
		this.#channel?.drain();
	}

	/** The handler waits for content. */
	pull(): void {
		if (this.#expecting && this.#owner.input.empty && !this.response.started)
			this.#owner.send(ArrayBuffer.fromString(continueHead));
		this.#expecting = false;
		this.pump();
	}

	/** Gives the handler what content has come, as long as it waits for some; else looks whether the client has left. */
	pump(): void {
		const body = this.#body;
		while (body?.wanting) {
			const content = this.decode();
			if (content === undefined) {
				this.#owner.reading();
				break;
			}
			this.deliver(content, body);
			this.#owner.reading();
		}
		if (!body?.wanting) this.readAhead();
		this.#channel?.pump();
	}

	private readAhead(): void {
		const { input, host } = this.#owner;
		if (this.#excess?.dropping) this.#excess.drop();
		else if (input.ahead(host.limits.maxAhead)) this.#excess?.clear();
		else {
			this.#excess ??= new Excess(this.#owner, this);
			this.#excess.wait();
		}
	}

	/**
	 * Throws away content that nobody has read.
	 * @returns whether the next request may be read; `undefined` when there is more to come first.
	 */
	discard(): boolean | undefined {
		if (this.#decoder === nothing) return this.#failure === undefined;
		while (
			!this.#decoder.done &&
			this.#failure === undefined &&
			this.#discarded <= this.#owner.host.limits.maxDiscard
		) {
			const content = this.decode();
			if (content === undefined) return undefined;
			for (const piece of content) this.#discarded += piece.byteLength;
		}
		return this.#decoder.done && this.#failure === undefined;
	}

	/** Ends the reading of content for good. */
	fail(error: HttpError): void {
		this.#failure ??= error;
		this.#body?.fail(error);
	}

	/** The client has left. What it had sent by then is its request's all the same. */
	lose(): void {
		this.gone = true;
		this.#excess?.clear();
		while (!this.#decoder.done && this.#unread === undefined && !this.#owner.input.empty) {
			const content = this.decode();
			if (content === undefined) break;
			this.deliver(content, this.body);
		}
		this.fail(new HttpError(400, "CLIENT_GONE", "Client has left before the end of its request"));
		this.#channel?.lose();
	}

	private decode(): ArrayBuffer[] | undefined {
		if (this.#failure !== undefined) return undefined;
		const owner = this.#owner;
		const { readSize } = owner.host.limits;
		const { wanted } = this.#decoder;
		const bytes = owner.input.take(wanted < readSize ? wanted : readSize);
		if (bytes === undefined) return undefined;
		this.#pace?.moved(bytes.byteLength);
		this.#excess?.clear();
		const content: ArrayBuffer[] = [];
		try {
			const used = this.#decoder.push(bytes, content);
			if (used < bytes.byteLength) owner.input.putBack(bytes.slice(used));
			if (content.length > 1) owner.input.charge(content.length * pieceCost);
		} catch (error) {
			this.fail(error instanceof HttpError ? error : new HttpError(400, "BODY", asError(error).message));
		}
		return content;
	}

	private deliver(content: ArrayBuffer[], body: Body): void {
		if (content.length > 0) body.deliver(content.length === 1 ? (content[0] as ArrayBuffer) : join(content));
		if (this.#decoder.done) body.finish(this.#decoder.trailers);
	}

	checkUpgrade(protocol: string): void {
		const { headers, version } = this.request;
		const listed = (name: string) => listMembers(headers.get(name) ?? "");
		const asks = version === "1.1" && !this.isHead && listed("connection").includes("upgrade");
		const asked = asks ? listed("upgrade") : [];
		if (!listMembers(protocol).every(member => asked.includes(member)))
			throw new HttpError(426, "UPGRADE", "Request does not ask for an upgrade to this protocol");
		if (!this.#decoder.done)
			throw new HttpError(400, "UPGRADE_BODY", "Request to upgrade has content that is not read");
		if (this.#excess?.dropping) throw new HttpError(400, "AHEAD", "Client has sent too much ahead of the upgrade");
	}
}

import Time from "time";
import type { Bytes, Socket } from "../../io";
import HttpError from "../http-error";
import type { Limits } from "../limits";
import RequestHeadReader from "../message/request-head";
import { encodeError } from "../message/response-encoder";
import type { Peer, TLSDetails } from "../request";
import type Channel from "./channel";
import type ConnectionHost from "./connection-host";
import type { ConnectionState } from "./connection-state";
import type { Expiring } from "./deadlines";
import RequestExchange, { type ExchangeOwner } from "./exchange";
import Input from "./input";
import Outbox from "./outbox";
import { asError } from "./rejection";
import { type SocketUser, takeOver } from "./take-over";

/** An accepted connection: one request after the other, as long as both sides keep it. The busiest methods come first. */
export default class Connection implements Peer, ExchangeOwner, Expiring, SocketUser {
	readonly id: number;
	readonly input: Input;
	readonly remoteAddress: string | undefined;
	readonly remotePort: number | undefined;
	readonly tls: TLSDetails | undefined;
	context: unknown;
	deadline: number | undefined;
	requests = 0;
	/** @internal */
	readonly since = Time.ticks;
	/** @internal */
	readonly host: ConnectionHost;
	/** @internal */
	readonly limits: Readonly<Limits>;
	readonly #socket: Socket;
	readonly #outbox: Outbox;
	readonly #reader: RequestHeadReader;
	#state: ConnectionState = "idle";
	#exchange: RequestExchange | Channel | undefined;
	#running = false;
	/** Bytes in all up to which a lingering connection reads. */
	#lingerEnd = 0;

	/** Takes over the connection of `from`, an accepted socket. Throws what the socket's constructor throws. */
	constructor(host: ConnectionHost, id: number, from: Socket) {
		this.host = host;
		this.limits = host.limits;
		this.id = id;
		this.remoteAddress = from.remoteAddress;
		this.remotePort = from.remotePort;
		this.#socket = takeOver(from, this);
		this.tls = (this.#socket as { readonly tls?: TLSDetails }).tls;
		this.input = new Input(this.#socket, this);
		this.#outbox = new Outbox(this.#socket, host.limits);
		this.#reader = new RequestHeadReader(host.limits);
		this.arm(host.limits.headTimeout);
	}

	/** @internal Goes from state to state as far as what has come and what could be sent allow. */
	wake(): void {
		if (this.#running) return;
		this.#running = true;
		const first = this.requests;
		try {
			while (this.step())
				if (this.#state === "idle" && this.requests - first >= this.limits.requestsPerTurn) {
					this.input.endTurn();
					break;
				}
		} catch (error) {
			this.close(asError(error));
		} finally {
			this.#running = false;
		}
	}

	private step(): boolean {
		switch (this.#state) {
			case "idle":
			case "head":
				return this.readHead();
			case "request":
				this.#exchange?.pump();
				return this.#state !== "request";
			case "discard":
				return this.discard();
			case "flush":
				return this.flushed();
			case "linger":
				this.linger();
				return false;
			case "closed":
				return false;
		}
	}

	private readHead(): boolean {
		if (this.#outbox.pending > 0) return false;
		const bytes = this.input.take(this.limits.readSize);
		if (bytes === undefined) {
			if (this.host.stopping && this.idle) this.destroy();
			return false;
		}
		try {
			const head = this.#reader.push(bytes);
			this.input.putBack(this.#reader.rest);
			if (head !== undefined) this.begin(new RequestExchange(this, head));
			else if (this.#state === "idle" && this.#reader.started) {
				this.#state = "head";
				this.arm(this.limits.headTimeout);
			}
		} catch (error) {
			this.refuse(error as Error);
		}
		return true;
	}

	private begin(exchange: RequestExchange): void {
		this.requests++;
		this.#state = "request";
		this.#exchange = exchange;
		this.host.dispatch(exchange.request, exchange.response);
		this.reading();
	}

	private discard(): boolean {
		const exchange = this.#exchange as RequestExchange;
		const next = exchange.discard();
		if (next === undefined) {
			if (this.#outbox.pending === 0) this.arm(exchange.wait);
			return false;
		}
		this.#state = next ? "idle" : "flush";
		if (!next) return true;
		this.#exchange = undefined;
		if (this.#outbox.pending === 0) this.arm(this.limits.idleTimeout);
		return !this.input.empty || this.host.stopping;
	}

	private arm(ms: number): void {
		this.host.deadlines.set(this, ms);
		if (this.#state === "idle" || this.#state === "linger") this.host.rested();
	}

	/** @internal The socket has bytes. */
	readable(count: number): void {
		if (this.#state === "closed") return;
		this.input.available = count;
		const before = this.input.total;
		this.wake();
		const bytes = this.input.total - before;
		if (bytes > 0 && this.host.hearsBytes) this.host.moved("data", this, bytes);
	}

	/** @internal The socket has room. */
	writable(count: number): void {
		if (this.#state === "closed") return;
		const sent = this.#outbox.flush(count);
		if (sent === 0) return;
		this.host.moved("sent", this, sent);
		if (this.#outbox.pending > 0) this.arm(this.#outbox.wait);
		else if (this.#state === "idle") this.arm(this.limits.idleTimeout);
		else this.reading();
		this.wake();
	}

	/** @internal */
	reading(): void {
		const exchange = this.#exchange;
		if (this.#state !== "request" || this.#outbox.pending > 0) return;
		if (exchange?.wanting) this.arm(exchange.wait);
		else if (exchange?.response?.started ?? true) this.host.deadlines.clear(this);
		else this.arm(this.limits.responseTimeout);
	}

	/** @internal */
	send(bytes: Bytes): void {
		if (this.#state === "closed") return;
		const before = this.#outbox.pending;
		let sent = 0;
		try {
			sent = this.#outbox.write(bytes);
		} catch (error) {
			// A socket may throw from when its peer has left to when it can tell, with what came before unread.
			this.close(error as Error);
			return;
		}
		if (sent > 0 && this.host.hearsBytes) this.host.moved("sent", this, sent);
		if (sent < bytes.byteLength && before === 0) this.arm(this.#outbox.wait);
	}

	/** @internal */
	finish(keep: boolean): void {
		if (this.#state !== "request") return;
		this.#state = keep ? "discard" : "flush";
		this.wake();
	}

	get peer(): Peer {
		return this;
	}

	/** @internal */
	get pending(): number {
		return this.#outbox.pending;
	}

	/** Whether nothing would be lost if the connection were closed. */
	get idle(): boolean {
		return this.#state === "idle" && this.#outbox.pending === 0 && this.input.empty;
	}

	/** How long, in ms, its place could have been another's, negative if it could be later; `undefined` in a request. */
	get idleFor(): number | undefined {
		const { limits, idle } = this;
		const left = this.host.deadlines.left(this);
		if (this.#state === "linger") return limits.lingerTimeout - left;
		if (idle && this.requests > 0) return limits.idleTimeout - left;
		return idle || this.#state === "head" ? limits.headTimeout - limits.busyHeadTimeout - left : undefined;
	}

	/** How long, in ms, its client was waited for: to take anything, else to send content; `undefined` if for neither. */
	get awaited(): number | undefined {
		return this.#outbox.stalled ?? this.#exchange?.awaited;
	}

	/** Ends the connection now, whatever is in progress. */
	destroy(): void {
		this.close(undefined);
	}

	/** Ends the connection as soon as the request in progress, if any, has been answered; half a head is none. */
	drain(): void {
		if (this.idle || this.#state === "head") this.destroy();
		else this.#exchange?.drain();
	}

	/** @internal */
	ready(): Promise<void> {
		return this.#outbox.ready();
	}

	/** @internal */
	upgrade(channel: Channel): void {
		this.#exchange = channel;
		this.reading();
	}

	expire(): void {
		const { response, request, wanting } = this.#exchange ?? {};
		if (this.#outbox.pending > 0) this.close(new HttpError(408, "WRITE_TIMEOUT", "Client does not read"));
		else if (this.#state === "head") this.refuse(new HttpError(408, "HEAD_TIMEOUT", "Head did not come in time"));
		else if (this.#state !== "request" || request === undefined || response === undefined) this.destroy();
		else if (wanting) this.#exchange?.fail(new HttpError(408, "BODY_TIMEOUT", "Content did not come in time"));
		else if (!response.started) this.host.late(request, response);
		this.reading();
		this.wake();
	}

	private flushed(): boolean {
		if (this.#outbox.pending > 0) return false;
		if (this.input.empty && !(this.#exchange?.lingers ?? true)) {
			this.destroy();
			return false;
		}
		this.#state = "linger";
		this.#lingerEnd = this.input.total + this.limits.maxLinger;
		this.arm(this.limits.lingerTimeout);
		return true;
	}

	/** Reads on, since to close with input unread would reset TCP and take the response with it (RFC 9112 §9.6). */
	private linger(): void {
		while (this.input.take(this.limits.readSize) !== undefined);
		if (this.input.total > this.#lingerEnd) this.destroy();
	}

	/** Answers what is no request with an error, and ends the connection. */
	private refuse(error: Error): void {
		this.#exchange = undefined;
		this.#state = "flush";
		this.send(ArrayBuffer.fromString(encodeError(error instanceof HttpError ? error.status : 500)));
		this.host.failed(error, this);
	}

	/** @internal Ends it, with the error that the socket told. */
	close(error: Error | undefined): void {
		if (this.#state === "closed") return;
		this.#state = "closed";
		this.host.deadlines.clear(this);
		this.#outbox.clear();
		this.input.end();
		this.#socket.close();
		this.#exchange?.lose();
		this.#exchange = undefined;
		this.input.putBack(undefined);
		this.host.closed(this, error);
	}
}

import Time from "time";
import type { DirectSocket, Socket, SocketUser } from "../../io";
import type { Deadline } from "../async/deadlines";
import { asError } from "../async/promises";
import type Channel from "../channel";
import type { RequestHead } from "../message/kept-head";
import type { TLSDetails } from "../peer";
import ConnectionPeer from "./connection-peer";
import { answering, closed, discarding, flushing, idle, lingering, type Phase, reading } from "./connection-phase";
import type ConnectionServer from "./connection-server";
import { describe, errorBytes, idleTime, timeouts } from "./connection-state";
import { endUnused } from "./end-unused";
import RequestExchange from "./exchange";
import type ExchangeOwner from "./exchange-owner";
import HeadStage, { type HeadOwner } from "./head-stage";
import Linger from "./linger";
import Output from "./output";

/** An accepted connection: one request after the other, as long as both sides keep it. What is busiest comes first, for XS looks it up so. */
export default class Connection extends ConnectionPeer implements ExchangeOwner, HeadOwner, Deadline, SocketUser {
	readonly input: HeadStage;
	/** @internal */
	readonly server: ConnectionServer;
	readonly output: Output;
	readonly limits: ConnectionServer["limits"];
	requests = 0;
	deadline: number | undefined;
	readonly direct: DirectSocket | undefined;
	#phase: Phase = idle;
	#exchange: RequestExchange | Channel | undefined;
	#running = false;
	/** Once it is to close and the client may still be sending; once it is closed, the details of its TLS session. */
	#end: Linger | TLSDetails | undefined;

	/** Takes over the connection of `from`, an accepted socket. Throws what the socket's constructor throws. */
	constructor(server: ConnectionServer, id: number, from: Socket) {
		super();
		this.server = server;
		this.limits = server.limits;
		this.acceptFrom(from, id);
		this.direct = this.socket.direct;
		this.input = new HeadStage(this);
		this.output = new Output(this);
		this.setDeadline(server.limits.headTimeout);
	}

	/** @internal Goes from state to state as far as what has come and what could be sent allow. */
	wake(): void {
		if (this.#running) return;
		this.#running = true;
		const first = this.requests;
		try {
			while (this.#phase <= reading ? this.readHead() : this.step())
				if (this.#phase === idle && this.requests - first >= this.limits.requestsPerTurn) {
					this.input.endTurn();
					break;
				}
		} catch (error) {
			this.#running = false;
			this.close(asError(error));
		}
		this.#running = false;
		// Here and not where the request has ended, which is deep in XS's stack.
		if (this.#phase === idle) this.server.onIdle();
	}

	/** @returns whether there may be more to do. */
	private step(): boolean {
		if (this.#phase === discarding) return this.discard();
		if (this.#phase === flushing || this.#phase === lingering) this.endOfResponse();
		if (this.#phase !== answering) return false;
		this.#exchange?.process();
		return this.#phase !== answering;
	}

	private readHead(): boolean {
		if (this.output.pending > 0) return false;
		const input = this.input;
		if (!input.read()) {
			if (this.server.stopping && this.idle) this.destroy();
			return false;
		}
		if (this.#phase !== idle) return true;
		// Nearly always the request was answered at once, and nothing is behind it.
		if (input.partial === undefined) return input.available > 0 || input.ready !== undefined;
		if (input.started || input.isWaiting) {
			this.#phase = reading;
			this.setDeadline(this.limits.headTimeout);
		}
		return true;
	}

	/** @internal The handler is called at once, or as soon as those of others have ended. */
	begin(head: RequestHead): void {
		const exchange = new RequestExchange(this, head);
		this.requests++;
		this.#phase = answering;
		this.#exchange = exchange;
		const server = this.server;
		const handlers = server.handlers;
		if (handlers.mayBeMany || head.contentLength !== 0) {
			if (!handlers.hasToWait(exchange)) exchange.start();
		} else {
			// As it does, which would be one more call.
			server.dispatch(exchange.request, exchange.response, head);
			if ((this.#phase as Phase) === idle) return;
			exchange.called();
		}
		if (this.#phase === answering) this.updateDeadline();
	}

	/** @internal */
	answer(bytes: ArrayBuffer): boolean {
		if (!this.server.mayKeep(this)) return false;
		this.output.send(bytes);
		if (this.#running && this.#phase === answering) this.endRequest();
		else this.finish(true, true);
		return true;
	}

	private discard(): boolean {
		const exchange = this.#exchange as RequestExchange;
		const next = exchange.discard();
		if (next === undefined) {
			if (this.output.pending === 0) this.setDeadline(exchange.beginWait());
			return false;
		}
		if (next) this.endRequest();
		else this.#phase = flushing;
		return !next || !this.input.empty || this.server.stopping;
	}

	/** It has been answered, and all of it was taken: the next may come. */
	private endRequest(): void {
		this.#phase = idle;
		this.#exchange = undefined;
		if (this.input.last === undefined) this.input.endRequest();
		const output = this.output;
		if (output.backlog !== undefined && !output.endResponse()) return;
		const deadline = Time.ticks + this.limits.idleTimeout;
		// To put it off is all that there is to it; where it was later, or there was none, the timer is looked at.
		if (deadline >= (this.deadline as number)) this.deadline = deadline;
		else this.server.deadlines.set(this, this.limits.idleTimeout);
	}

	/** @internal */
	setDeadline(ms: number): void {
		this.server.deadlines.set(this, ms);
		if (this.#phase === idle || this.#phase === lingering) this.server.onIdle();
	}

	/** @internal The socket has bytes. */
	readable(count: number): void {
		if (this.#phase === closed) return;
		const input = this.input;
		input.available = count;
		const before = input.total;
		this.wake();
		if (this.server.countsBytes && input.total > before) this.server.transferred("data", this, input.total - before);
	}

	/** @internal The socket has room. */
	writable(count: number): void {
		if (this.#phase === closed) return;
		const sent = this.output.flush(count);
		if (sent === 0) return;
		this.server.transferred("sent", this, sent);
		if (this.output.pending > 0) this.setDeadline(this.output.beginWait());
		else if (this.#phase === idle) this.endRequest();
		else this.updateDeadline();
		this.wake();
	}

	/** @internal While a request is answered: for its content, for the response to begin, or none. */
	updateDeadline(): void {
		const exchange = this.#exchange;
		if (this.#phase !== answering || this.output.pending > 0) return;
		if (exchange?.awaitsContent) this.server.deadlines.set(this, exchange.beginWait());
		else if (exchange?.response?.started ?? true) this.server.deadlines.clear(this);
		else this.server.deadlines.set(this, this.limits.responseTimeout);
	}

	/** @internal */
	finish(keep: boolean, isTaken: boolean): void {
		if (this.#phase !== answering) return;
		if (keep && isTaken) this.endRequest();
		else this.#phase = keep ? discarding : flushing;
		if (!this.#running && this.input.empty) this.wake();
		// What has come behind begins with a stack of its own: this one is as deep as whoever has answered.
		else if (!this.#running) Promise.resolve().then(() => this.wake());
	}

	/** Asked for when it is wanted, for to keep it would make the connection larger. */
	get tls(): TLSDetails | undefined {
		return this.#phase === closed ? this.#end : this.socket.tls;
	}

	get activity(): string {
		return describe(this.#phase, this.#exchange?.request);
	}

	/** @internal Gives back what it can do without: the head of its last request. */
	relieve(): void {
		if (this.#phase === idle) this.input.forget();
	}

	/** Whether nothing would be lost if it were closed. */
	get idle(): boolean {
		return this.#phase === idle && this.output.pending === 0 && this.input.empty;
	}

	get isLeaving(): boolean {
		return this.#phase === lingering;
	}

	/** See {@link idleTime}. */
	get idleFor(): number | undefined {
		if (this.input.isWaiting) return undefined;
		if (this.isLeaving) return (this.#end as Linger | undefined)?.idleFor;
		return idleTime(this.#phase, this.server.deadlines.left(this), this.idle, this.requests, this.limits);
	}

	/** Milliseconds since its client last took output that it has to take, else sent content that is read; else `undefined`. */
	get waitedFor(): number | undefined {
		return this.output.waitedFor ?? (this.#end as Linger | undefined)?.waitedFor ?? this.#exchange?.waitedFor;
	}

	/** The server is stopping: ends the connection as soon as the request in progress, if any, has been answered. */
	stop(): void {
		if (this.idle || this.#phase === reading) endUnused(this);
		else this.#exchange?.stop();
	}

	/** @internal */
	upgrade(channel: Channel): void {
		this.input.forget();
		this.#exchange = channel;
		this.updateDeadline();
	}

	expire(): void {
		const { response, request, awaitsContent } = this.#exchange ?? {};
		if (this.output.pending > 0) this.close(timeouts.write());
		else if (this.#phase === reading) this.refuse(timeouts.head());
		else if (this.#phase !== answering || request === undefined || response === undefined) endUnused(this);
		else if (awaitsContent) this.#exchange?.fail(timeouts.body());
		else if (!response.started) this.server.onTimeout(timeouts.response(), request, response);
		this.updateDeadline();
		this.wake();
	}

	/**
	 * Sends what is left of the last response, then lingers, if the client may still be sending: what it sends is discarded in
	 * both, for it may not read before it has sent all. Nothing is held then, but a channel that is to be told of the end.
	 */
	private endOfResponse(): void {
		if (!this.input.empty || (this.#exchange?.lingers ?? true)) this.#end ??= new Linger(this.input, this.limits);
		const left = (this.#end as Linger | undefined)?.run();
		const isSent = this.output.pending === 0;
		if (left === undefined && (isSent || this.#end !== undefined)) this.destroy();
		if (left === undefined || !isSent) return;
		if (this.#phase === flushing) this.socket.end?.();
		this.#phase = lingering;
		if (this.#exchange?.response !== undefined) this.#exchange = undefined;
		this.input.forget();
		this.setDeadline(left);
	}

	/** @internal Answers what is no request with an error, and ends the connection. */
	refuse(error: Error): void {
		this.#exchange = undefined;
		this.#phase = flushing;
		this.input.endWait();
		this.output.send(errorBytes(error));
		this.server.failed(error, this);
	}

	/** @internal Closes it, with the error that the socket reported. */
	close(error: Error | undefined): void {
		if (this.#phase === closed) return;
		this.#end = this.tls;
		this.#phase = closed;
		this.server.deadlines.clear(this);
		this.output.close();
		this.input.end();
		this.socket.close();
		const isHeld = this.#exchange?.closed();
		this.#exchange = undefined;
		this.input.close();
		if (!isHeld) this.account.close();
		this.account.leave();
		this.server.closed(this, error);
	}
}

import TCP from "embedded:io/socket/tcp";
import { parseDecimal } from "text/ascii";
import PEMReader from "text/pem-reader";
import Timer from "timer";
import type TLSContext from "tls/context";
import TLSSocket from "tls/socket";
import type { Socket } from "../../io";
import ACMEError, { invalidAnswer } from "../error";
import { limits } from "../limits";
import type { Answer, RequestStep } from "../protocol/steps";
import { parseRetryAfter } from "./answer-time";
import Gathered, { tooLong } from "./gathered";
import GuardedSocket, { type Guard } from "./guarded-socket";
import HostResolver from "./host-resolver";
import type { HTTPClient, HTTPOptions, HTTPRequest } from "./http-client";
import { parseURL, type Target } from "./url";

/** What is done with an answer, or with why there is none. */
export type Done = (answer: Answer | undefined, error?: Error) => void;

/** Who holds memory for it. */
interface RequesterRoom {
	hasRoom(bytes: number, slots?: number): boolean;
	connected(isConnected: boolean): void;
	/** Calls `look` a while later. @throws {ACMEError} `MEMORY` when that has been so often */
	lookAgain(look: () => void): void;
}

/** One request, from its first byte to the answer's last. */
interface Exchange {
	/** Not any more once an answer has begun: what was sent is not held beside it. */
	step: RequestStep | undefined;
	readonly done: Done;
	/** Content that is still to be sent. */
	left: Uint8Array;
	status: number;
	/** What is used of the answer's fields. */
	fields: Pick<Answer, "location" | "nonce" | "retryAfter">;
	isChunked: boolean;
	/** What the answer's content is gathered in, once its head has been read. */
	content: Gathered | PEMReader | undefined;
}

/** Sends requests to a CA, one at a time, over a connection that is kept for the next one to the same server. */
export default class Requester implements Guard {
	readonly #http: HTTPOptions;
	readonly #context: TLSContext;
	readonly #now: () => number;
	#client: HTTPClient | undefined;
	#socket: GuardedSocket | undefined;
	#target: Target | undefined;
	#exchange: Exchange | undefined;
	#deadline: Timer | undefined;
	/** Why the connection has ended. */
	#lost: unknown;
	/** Answers that have come over the connection. */
	#answers = 0;
	/** Whom it asks whether there is room for more than is held. */
	declare room: RequesterRoom;

	constructor(http: HTTPOptions, context: TLSContext, now: () => number) {
		this.#http = http;
		this.#context = context;
		this.#now = now;
	}

	/** Calls `done` later, once. */
	request(step: RequestStep, done: Done): void {
		const target = parseURL(step.url);
		if (target === undefined) {
			Promise.resolve().then(() => done(undefined, invalidAnswer("no URL that can be asked")));
			return;
		}
		if (target.authority !== this.#target?.authority) this.close();
		this.startWaiting();
		this.send(step, target, done);
	}

	/** Ends the connection; nothing is told of a request that is under way. */
	close(): void {
		this.#exchange = undefined;
		this.stopWaiting();
		const client = this.#client;
		this.#client = this.#socket = this.#target = this.#lost = undefined;
		if (client === undefined) return;
		client.close();
		this.room.connected(false);
	}

	/** @internal */
	connect(address: string, socket: GuardedSocket): Socket {
		const opened = this.open(this.#target as Target, address, socket);
		this.#socket = socket;
		return opened;
	}

	/** A connection over TLS, which tells the socket what comes. */
	protected open({ host, port }: Target, address: string, socket: GuardedSocket): Socket {
		return new TLSSocket({
			host,
			address,
			port,
			TCP: { io: TCP },
			secure: this.#context,
			onReadable: count => socket.onReadable(count),
			onWritable: count => socket.onWritable(count),
			onError: error => socket.onError(error)
		}) as Socket;
	}

	/** @internal */
	get hasHead(): boolean {
		return this.#exchange === undefined || this.#exchange.content !== undefined;
	}

	/** @internal */
	get isChunked(): boolean {
		return this.#exchange?.isChunked ?? false;
	}

	/** @internal */
	lose(error: unknown): void {
		this.#lost = error;
	}

	/** @internal */
	fail(given: unknown): void {
		const error = this.#lost ?? given;
		const exchange = this.#exchange;
		const isStale = exchange?.status === 0 && this.#answers > 0 && !isFinal(error);
		const isOfAnswer = this.#lost === undefined && this.#socket !== undefined;
		const deadline = this.#deadline;
		// The end of a connection may be told twice, and what is to be sent anew waits for its turn between: it keeps its deadline.
		const isDue = isStale || exchange === undefined;
		if (isDue) this.#deadline = undefined;
		this.close();
		if (isDue) this.#deadline = deadline;
		if (exchange === undefined) return;
		const { step, done } = exchange;
		if (!isStale || step === undefined) {
			Promise.resolve().then(() => done(undefined, toError(error, isOfAnswer)));
			return;
		}
		// The CA has closed a kept connection, as it may at any time: unless this has been closed since. The nonce sees to it that nothing is done twice.
		Promise.resolve().then(() => {
			if (this.#deadline === deadline) this.send(step, parseURL(step.url) as Target, done);
		});
	}

	private startWaiting(milliseconds: number = limits.answerTimeout): void {
		this.stopWaiting();
		const expire = () => this.fail(new ACMEError("TIMEOUT", "The CA does not answer"));
		this.#deadline = Timer.set(expire, milliseconds);
	}

	private stopWaiting(): void {
		if (this.#deadline !== undefined) Timer.clear(this.#deadline);
		this.#deadline = undefined;
	}

	private send(step: RequestStep, target: Target, done: Done): void {
		const left = step.content === undefined ? nothing : new Uint8Array(step.content);
		this.#exchange = { step, done, left, status: 0, fields: noFields, isChunked: false, content: undefined };
		this.#socket?.restart();
		try {
			this.#client ??= this.makeClient(target);
			this.sendOver(this.#client, this.#exchange, step, target.path);
		} catch (error) {
			this.fail(error);
		}
	}

	private makeClient(target: Target): HTTPClient {
		this.#target = target;
		this.#answers = 0;
		return new this.#http.io({
			host: target.authority,
			port: target.port,
			dns: { io: HostResolver, name: target.host, dns: this.#http.dns },
			socket: { io: GuardedSocket, guard: this },
			onError: (error: unknown) => this.fail(error)
		}) as HTTPClient;
	}

	private sendOver(client: HTTPClient, exchange: Exchange, { method, accept }: RequestStep, path: string): void {
		const headers = new Map([["user-agent", "moddable-https-server"]]);
		if (accept !== undefined) headers.set("accept", accept);
		if (method === "POST") {
			headers.set("content-type", "application/jose+json");
			headers.set("content-length", String(exchange.left.length));
		}
		const requester = this;
		// Without headersMask: with it the SDK's client (8.2.3) throws where what it passes over comes in two pieces.
		client.request({
			method,
			path,
			headers,
			onHeaders: (status, fields) => requester.begin(exchange, status, fields),
			onReadable(count) {
				// Without content the client has nothing to read, and asks all the same.
				const piece = count > 0 ? this.read(count) : undefined;
				if (piece !== undefined) exchange.content?.add(piece);
			},
			onWritable(count) {
				requester.write(this, exchange, count);
			},
			onDone: error => requester.end(exchange, error)
		});
	}

	private begin(exchange: Exchange, status: number, headers: ReadonlyMap<string, string>): void {
		const { step } = exchange;
		if (step === undefined) return;
		exchange.status = status;
		exchange.step = undefined;
		exchange.left = nothing;
		exchange.fields = {
			location: headers.get("location"),
			nonce: headers.get("replay-nonce"),
			retryAfter: parseRetryAfter(headers.get("retry-after"), this.#now())
		};
		exchange.isChunked = headers.has("transfer-encoding");
		const text = headers.get("content-length");
		const length = text === undefined ? undefined : parseDecimal(text);
		if (text !== undefined && length === undefined) throw invalidAnswer("no length that can be read");
		// An error is told in JSON, whatever was asked for.
		if (status !== 200) exchange.content = new Gathered(limits.maxAnswer, length);
		else exchange.content = step.isChain ? new PEMReader(step.most) : new Gathered(step.most, length);
	}

	/** @internal Whether there is room for so many bytes more: a chain may be longer than what is held for an order, and so may anything else. */
	hasRoomFor(count: number): boolean {
		const { content } = this.#exchange ?? {};
		if (count === 0) return true;
		if (content instanceof PEMReader) return this.room.hasRoom(limits.chainRoom);
		const bytes = content?.growth(count) ?? 0;
		return bytes === 0 || this.hasRoomBeside(bytes, 0);
	}

	/** @internal Whether there is room for what may still come of a head that is longer than usual. */
	hasRoomForHead(bytes: number, fields: number): boolean {
		return this.hasRoomBeside(Math.max(bytes, 0), Math.max(fields, 0) * fieldCost);
	}

	/** For more than is held. What has come has taken what a connection takes. */
	private hasRoomBeside(chunks: number, slots: number): boolean {
		this.room.connected(true);
		return this.room.hasRoom(chunks, slots);
	}

	/** @internal The answer waits in TLS and TCP; it is not the CA that is waited for, which has as long as ever behind that. */
	lookAgain(look: () => void): void {
		const exchange = this.#exchange;
		this.startWaiting(limits.poll + limits.answerTimeout);
		this.room.lookAgain(() => {
			// The connection may have been lost since, and the request sent anew.
			if (this.#exchange !== exchange) return;
			this.startWaiting();
			look();
		});
	}

	private write(request: HTTPRequest, exchange: Exchange, count: number): void {
		const piece = exchange.left.slice(0, count);
		exchange.left = exchange.left.subarray(piece.length);
		if (piece.length > 0) request.write(piece);
	}

	private end(exchange: Exchange, error: unknown): void {
		if (this.#exchange !== exchange) return;
		if (error !== null) {
			this.fail(error);
			return;
		}
		const { status, fields, content, done } = exchange;
		let answer: Answer;
		try {
			answer = { status, ...fields, ...toContent(content) };
		} catch (invalid) {
			this.fail(invalid);
			return;
		}
		// The client has them until the next request.
		exchange.content = undefined;
		this.#exchange = undefined;
		this.stopWaiting();
		if (this.#answers++ === 0) this.room.connected(true);
		Promise.resolve().then(() => done(answer));
	}
}

/** Whether to send it anew would not help. */
const isFinal = (error: unknown): boolean => {
	return error instanceof ACMEError && (error.code === "TIMEOUT" || error.code === "MEMORY");
};

/** Bytes of XS's slots that a field of a head takes, in a Map. */
const fieldCost = 80;

const nothing = Object.freeze(new Uint8Array(0));
const noFields = Object.freeze({ location: undefined, nonce: undefined, retryAfter: undefined });

const toContent = (content: Exchange["content"]): Pick<Answer, "content" | "certificates"> => {
	if (content instanceof PEMReader)
		return { content: nothing.buffer as ArrayBuffer, certificates: content.certificates };
	return { content: content?.content ?? (nothing.buffer as ArrayBuffer) };
};

/** @param isOfAnswer the client has a connection and has not lost it, but does not know what to make of the answer */
const toError = (error: unknown, isOfAnswer: boolean): ACMEError => {
	if (error instanceof ACMEError) return error;
	const why = error instanceof Error ? error.message : String(error);
	if (!isOfAnswer) return new ACMEError("UNREACHABLE", `The CA cannot be reached: ${why}`);
	return error instanceof RangeError
		? tooLong()
		: new ACMEError("ANSWER_INVALID", `The CA's answer is no HTTP: ${why}`);
};

import { checkOptionNames, type OptionNames } from "text/option-names";
import { encodeText } from "text/utf8";
import { requireContent } from "../content/source";
import HttpError from "../http-error";
import { defaultLimits } from "../limits";
import { noRoom } from "../memory/charge";
import { fixedCosts } from "../memory/costs";
import type Request from "../request";
import type Response from "../response";
import WebSocket, { type Message, type WebSocketListener } from "../websocket";
import { encodeFrame, type Frame } from "./frame-encoder";
import { opcode } from "./frame-reader";
import { acceptKey, type Handshake, readHandshake, webSocketVersion } from "./handshake";

/** Chooses the subprotocol, or none. */
export type ProtocolChoice = (offered: readonly string[], request: Request) => string | undefined;

/** Says whether pages of an origin may connect; `undefined` is a client that is no browser. */
export type OriginCheck = (origin: string | undefined, request: Request) => boolean;

/** What a path's WebSockets do, and which are let in. */
export interface WebSocketOptions extends WebSocketListener {
	/** A WebSocket has been opened. The request is the one that opened it. */
	open?(socket: WebSocket, request: Request): void;
	/** Subprotocols in order of preference, or a function that chooses. Default: none is agreed on. */
	protocols?: readonly string[] | ProtocolChoice;
	/**
	 * Origins whose pages may connect: `"same"` as the page's server, `"any"`, a list such as `["https://a.example"]`,
	 * or a function. Others get a 403. Clients without an origin, which are no browsers, are let in unless a function
	 * refuses them. Default `"same"`.
	 */
	origin?: "same" | "any" | readonly string[] | OriginCheck;
	/** The only kind of message that is taken; the other closes with 1003. Default: both. */
	accepts?: "text" | "binary";
}

const optionNames: OptionNames<WebSocketOptions> = Object.freeze({
	open: true,
	message: true,
	close: true,
	writable: true,
	ping: true,
	pong: true,
	protocols: true,
	origin: true,
	accepts: true
});

/** Whom a broadcast goes to; without any of these to all. */
export interface Audience {
	/** Only those that subscribed to this topic. */
	readonly topic?: string;
	/** Not this one. */
	readonly except?: WebSocket;
}

/** The WebSockets of one path. */
export default class WebSocketEndpoint {
	/** Takes the path away again. Those that are connected stay. */
	unregister: () => void = () => {};
	readonly #options: WebSocketOptions;
	readonly #listener: WebSocketListener;
	readonly #clients = new Set<WebSocket>();

	/** @internal Endpoints are made by `server.websocket()`. */
	constructor(options: WebSocketOptions) {
		checkOptionNames("websocket", options, optionNames);
		this.#options = options;
		this.#listener = {
			...options,
			close: (socket, code, reason) => {
				this.#clients.delete(socket);
				return options.close?.(socket, code, reason);
			}
		};
	}

	/** Those that are connected. */
	get clients(): ReadonlySet<WebSocket> {
		return this.#clients;
	}

	/**
	 * Sends a message to many. A short one is encoded once, and all of them are sent the same buffer; of a long one no
	 * copy is made, and a text is encoded as each takes it.
	 * @returns to how many, without those that were closed because they are over `maxBacklog`.
	 */
	broadcast(data: Message | Uint8Array, { topic, except }: Audience = {}): number {
		requireContent(data, "JSON.stringify()");
		const frame = encodeShort(data);
		let count = 0;
		for (const socket of this.#clients) {
			if (socket === except || !socket.isOpen || (topic !== undefined && !socket.isSubscribed(topic))) continue;
			if (frame === undefined) socket.send(data);
			else socket.sendFrame(frame);
			if (socket.isOpen) count++;
		}
		return count;
	}

	/**
	 * @internal Answers a request to open a WebSocket. Where it is refused the connection ends behind the answer: its client has no
	 * other use for it (RFC 6455 §4.1), and would keep a place meanwhile.
	 */
	accept(request: Request, response: Response): void {
		const handshake = readRequest(request, response);
		try {
			this.open(handshake, request, response);
		} catch (error) {
			response.closeConnection();
			throw error;
		}
	}

	private open(handshake: Handshake, request: Request, response: Response): void {
		const origin = originOf(request);
		if (!this.mayConnect(origin, request)) throw new HttpError(403, "ORIGIN", "Origin may not connect");
		response.longLived();
		const protocol = this.choose(handshake.protocols, request);
		response.headers.set("sec-websocket-accept", acceptKey(handshake.key));
		if (protocol !== undefined) response.headers.set("sec-websocket-protocol", protocol);
		const { account, limits } = response.channel;
		const room = fixedCosts.webSocket + limits.readSize;
		if (!account.fits(room)) throw noRoom(account, room);
		const channel = response.upgrade("websocket");
		if (channel === undefined) return;
		const { accepts } = this.#options;
		const socket = new WebSocket(channel, this.#listener, { protocol: protocol ?? "", accepts });
		this.#clients.add(socket);
		socket.start(() => this.#options.open?.(socket, request));
	}

	private mayConnect(origin: string | undefined, request: Request): boolean {
		const allowed = this.#options.origin ?? "same";
		if (typeof allowed === "function") return allowed(origin, request) === true;
		if (origin === undefined || allowed === "any") return true;
		if (allowed !== "same") return allowed.includes(origin);
		return origin.toLowerCase() === `${request.scheme}://${request.host}`.toLowerCase();
	}

	private choose(offered: readonly string[], request: Request): string | undefined {
		const choice = this.#options.protocols ?? [];
		if (typeof choice !== "function") return choice.find(protocol => offered.includes(protocol));
		const protocol = choice(offered, request);
		if (protocol !== undefined && !offered.includes(protocol))
			throw new TypeError("Subprotocol was not offered by the client");
		return protocol;
	}
}

/** The frame of a message that is short enough to be copied, `undefined` for others. */
const encodeShort = (data: Message | Uint8Array): Frame | undefined => {
	const { coalesce } = defaultLimits;
	if ((typeof data === "string" ? data.length : data.byteLength) > coalesce) return undefined;
	if (typeof data !== "string") return encodeFrame(opcode.binary, data, coalesce);
	const content = encodeText(data);
	return encodeFrame(opcode.text, content, content.byteLength);
};

const readRequest = (request: Request, response: Response): Handshake => {
	if (request.body.contentLength !== 0) throw new HttpError(400, "BODY", "Request to open a WebSocket has content");
	try {
		return readHandshake(request.method, request.version, request.headers);
	} catch (error) {
		if (error instanceof HttpError && error.status === 426) {
			response.offer("websocket").headers.set("sec-websocket-version", webSocketVersion);
		}
		throw error;
	}
};

const originOf = (request: Request): string | undefined => {
	if (request.headers.occurrences("origin") === 2) throw new HttpError(400, "ORIGIN", "Request has several origins");
	return request.headers.get("origin");
};

import Time from "time";
import HttpError from "../http-error";
import type { Peer } from "../peer";
import type Request from "../request";
import type Response from "../response";
import type WebSocket from "../websocket";
import type { Message } from "../websocket";
import WebSocketEndpoint from "../websocket/endpoint";
import { dashboardLimits } from "./limits";

/** Whom viewers ask. */
export interface ViewersOwner {
	/** Milliseconds between two questions of a page. */
	readonly interval: number;
	readonly maxViewers: number;
	/** What a page is told first, and when the certificate has changed: a text. */
	describe(): string;
	/** A snapshot, with errors behind that number. */
	observe(after: number): string;
	/** Bytes of `memory` that making one takes. */
	cost(): number;
	/** Renews the certificate. Throws what hinders it. */
	renew(): void;
	/** Somebody looks, or nobody any more. */
	watched(isWatched: boolean): void;
}

interface Room {
	fits(bytes: number): boolean;
	isThere(bytes: number): boolean;
}

const accountOf = ({ peer }: WebSocket): Room => (peer as Peer & { account: Room }).account;

/** Ticks of the last answer, in each viewer's `context`. */
type Viewer = WebSocket & { context: number };

/** The open pages. They ask, so that there is no timer, and a page that nobody sees asks nothing. */
export default class Viewers {
	readonly #owner: ViewersOwner;
	readonly #endpoint: WebSocketEndpoint;

	constructor(owner: ViewersOwner) {
		this.#owner = owner;
		this.#endpoint = new WebSocketEndpoint({
			accepts: "text",
			open: socket => {
				if (this.#endpoint.clients.size === 1) owner.watched(true);
				socket.context = Time.ticks - owner.interval;
				this.describe(socket);
			},
			message: (socket, data) => this.take(socket as Viewer, data),
			close: () => {
				if (this.#endpoint.clients.size === 0) owner.watched(false);
			}
		});
	}

	/** @throws {HttpError} 503 while there are as many as may be; what the endpoint throws. */
	accept(request: Request, response: Response): void {
		if (this.#endpoint.clients.size >= this.#owner.maxViewers)
			throw new HttpError(503, "PLACES", "As many look at the dashboard as may");
		this.#endpoint.accept(request, response);
	}

	private take(viewer: Viewer, data: Message): void {
		if (data === "renew") this.renew(viewer);
		else if (data === "identity") this.describe(viewer);
		else this.answer(viewer, Number(data));
	}

	/** One that asks more often than it should gets no answer. */
	private answer(viewer: Viewer, after: number): void {
		const owner = this.#owner;
		const ticks = Time.ticks;
		if (!(after >= 0) || (ticks - viewer.context) >>> 0 < owner.interval / 2) return;
		viewer.context = ticks;
		this.send(viewer, () => owner.observe(after));
	}

	private describe(viewer: WebSocket): void {
		this.send(viewer, () => this.#owner.describe());
	}

	private send(viewer: WebSocket, make: () => string): void {
		// Nothing else runs until it is made, so what has room now need not be taken.
		viewer.send(accountOf(viewer).fits(this.#owner.cost()) ? make() : '{"busy":true}');
	}

	private renew(viewer: Viewer): void {
		try {
			if (!accountOf(viewer).isThere(dashboardLimits.renewRoom)) throw new Error("There is no memory for it now");
			this.#owner.renew();
			for (const each of this.#endpoint.clients) this.describe(each);
		} catch (error) {
			viewer.send(JSON.stringify({ refused: String((error as Error).message) }));
		}
	}
}

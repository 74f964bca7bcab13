import { checkOptionNames, type OptionNames } from "text/option-names";
import Time from "time";
import { measureHeap } from "tls/heap";
import Latency, { latencyClasses } from "./dashboard/latency";
import { dashboardLimits } from "./dashboard/limits";
import { checkPage, isPageFile, sendPageFile } from "./dashboard/page";
import { makeSnapshot, snapshotCost } from "./dashboard/snapshot";
import Tally from "./dashboard/tally";
import Viewers, { type ViewersOwner } from "./dashboard/viewers";
import { measureXS } from "./dashboard/xs-heap";
import type Request from "./request";
import type Response from "./response";
import { behind } from "./routing/behind";
import type { Filter } from "./routing/filters";
import type Server from "./server";

/** The certificate that is served. A `DeviceIdentity` is one, an `ACMEIdentity`, and a `ChosenIdentity`, without a button. */
export interface DashboardIdentity {
	/** Milliseconds since 1970 when the certificate expires; `undefined` before there is one. */
	readonly notAfter: number | undefined;
	/** SHA-256, `AB:CD:…`. */
	readonly fingerprint: string | undefined;
	/** Makes another certificate, or orders one. Without it, the page has no button. */
	renew?(): unknown;
	/** Whether one is being ordered. */
	readonly isBusy?: boolean;
	/** Why the last order has failed. */
	readonly lastError?: { readonly code: string } | undefined;
}

export interface DashboardOptions {
	/** Who may look: a filter such as `basicAuth()`. `false` lets everybody look who can connect, and nobody renew the certificate. */
	readonly auth: Filter | false;
	/** The page's title. Default `"Device"`. */
	readonly title?: string;
	readonly identity?: DashboardIdentity;
	/** The path that `update()` stands at, and what runs: the page can then send firmware. */
	readonly update?: { readonly path: string; readonly version?: string };
	/** Milliseconds between two questions of a page, 100 to 60,000. Default `dashboardLimits.interval`. */
	readonly interval?: number;
	/** Pages that may be open at once, at least 1: each takes a connection's place. Default `dashboardLimits.maxViewers`. */
	readonly maxViewers?: number;
}

const optionNames: OptionNames<DashboardOptions> = Object.freeze({
	auth: true,
	title: true,
	identity: true,
	update: true,
	interval: true,
	maxViewers: true
});

/** The WebSocket's name below the dashboard's path. */
const live = "live";

/**
 * A page that shows what the server does just now (row Z11), as a filter: other paths below its own go on to their routes.
 * While nobody looks it counts connections and failures, and nothing else.
 *
 * ```ts
 * server.use("/status", dashboard(server, { auth: basicAuth({ realm: "Status", users }) }));
 * ```
 * @throws {TypeError} without `auth`, and for an option that does not exist
 * @throws {RangeError} `interval` or `maxViewers` out of range
 * @throws {Error} the page is not among the resources
 */
export const dashboard = (server: Server, options: DashboardOptions): Filter => {
	checkOptionNames("dashboard", options, optionNames);
	const { auth } = options;
	if (auth !== false && typeof auth !== "function")
		throw new TypeError("dashboard needs auth: a filter, or false for everybody");
	checkPage();
	const viewers = new Viewers(new Owner(server, options));
	const show = (name: string, request: Request, response: Response) =>
		name === live ? viewers.accept(request, response) : sendPageFile(name, response);
	return (request, response, prefix) => {
		if (request.isRedirected) return false;
		const name = nameBelow(request, prefix);
		if (name === undefined) return false;
		if (name === null) return response.redirect(`./${prefix.slice(prefix.lastIndexOf("/") + 1)}/`, 307);
		const act = () => show(name, request, response);
		return auth === false ? act() : behind(auth, request, response, prefix, act);
	};
};

/** Which file is asked for; `null` for the folder without its slash, `undefined` for what is none of ours. */
const nameBelow = ({ method, path }: Request, prefix: string): string | null | undefined => {
	if (method !== "GET" && method !== "HEAD") return undefined;
	if (path === prefix) return null;
	const name = path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
	return name !== undefined && (name === live || isPageFile(name)) ? name : undefined;
};

const checkRange = (name: string, value: number, least: number, most: number): number => {
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	throw new RangeError(`${name} of a dashboard is a whole number from ${least} to ${most}`);
};

/** What the pages are told of a server. */
class Owner implements ViewersOwner {
	readonly interval: number;
	readonly maxViewers: number;
	readonly #server: Server;
	readonly #options: DashboardOptions;
	readonly #tally: Tally;
	/** While somebody looks. */
	#latency: Latency | undefined;
	#unregister: (() => void) | undefined;
	/** When the certificate was, in ticks. */
	#renewed: number | undefined;

	constructor(server: Server, options: DashboardOptions) {
		const { interval = dashboardLimits.interval, maxViewers = dashboardLimits.maxViewers } = options;
		this.interval = checkRange("interval", interval, 100, 60_000);
		this.maxViewers = checkRange("maxViewers", maxViewers, 1, 1000);
		this.#server = server;
		this.#options = options;
		// Of several dashboards the first counts.
		this.#tally = server.watcher instanceof Tally ? server.watcher : new Tally();
		server.watcher = this.#tally;
	}

	/** Whether the certificate can be renewed by who looks. */
	private get canRenew(): boolean {
		const { identity, auth } = this.#options;
		return auth !== false && identity?.renew !== undefined;
	}

	describe(): string {
		const { title = "Device", identity, update } = this.#options;
		const { limits } = this.#server;
		return JSON.stringify({
			title,
			interval: this.interval,
			places: limits.maxConnections,
			// XS makes no JSON of an array in flash.
			classes: [...latencyClasses],
			...(identity && this.describeIdentity(identity)),
			...(update && { update: update.path, version: update.version })
		});
	}

	/** Before there is a certificate, JSON leaves out what is not known. */
	private describeIdentity({ notAfter, fingerprint, isBusy, lastError }: DashboardIdentity): object {
		return { end: notAfter, fingerprint, canRenew: this.canRenew, isBusy, problem: lastError?.code };
	}

	cost(): number {
		return snapshotCost(this.#server.peers.length);
	}

	observe(after: number): string {
		const latency = this.#latency ?? new Latency();
		return makeSnapshot(this.#server, this.#tally, latency, measureHeap(), measureXS(), after);
	}

	renew(): void {
		const { identity } = this.#options;
		if (!this.canRenew) throw new Error("The certificate cannot be renewed from here");
		if (identity?.isBusy) throw new Error("One is being ordered already");
		const ticks = Time.ticks;
		if (this.#renewed !== undefined && (ticks - this.#renewed) >>> 0 < dashboardLimits.renewPause)
			throw new Error("It was renewed a moment ago");
		this.#renewed = ticks;
		identity?.renew?.();
	}

	watched(isWatched: boolean): void {
		this.#unregister?.();
		this.#latency = isWatched ? new Latency() : undefined;
		this.#unregister = this.#latency && this.#server.use("/", this.#latency.filter);
	}
}

import Listener from "embedded:io/socket/listener";
import HttpError from "httpsd/http-error";
import type Request from "httpsd/request";
import type Response from "httpsd/response";
import Server from "httpsd/server";
import Time from "time";
import { type Credentials, findProblem } from "../credentials";
import type Scanner from "../radio/scanner";
import { readField } from "./form";
import { renderPage, stateOf, type View } from "./page";
import { successAt } from "./probes";
import type { Problem, Progress } from "./progress";
import type Settings from "./settings";

/** Who opens a portal, and does what its pages ask for. */
export interface PortalOwner {
	readonly settings: Settings;
	readonly progress: Progress;
	readonly scanner: Scanner;
	/** Somebody has asked for something. */
	used(): void;
	join(credentials: Credentials): void;
	/** The page that says that the device has joined has been sent. */
	shown(): void;
	/** The person has seen it. */
	done(): void;
}

/** The rest of the policy is in the page. Origins send no word of where they are when they are told so: pages that are not ours must not be able to speak for a person. */
const headers = Object.freeze(
	[
		["content-security-policy", "frame-ancestors 'none'"],
		["cache-control", "no-store"],
		["referrer-policy", "same-origin"],
		["x-content-type-options", "nosniff"],
		["x-frame-options", "DENY"]
	] as const,
	true
);

/** The pages by which a device is given its network, over plain HTTP in its own network. */
export default class Portal {
	readonly #owner: PortalOwner;
	readonly #server: Server;
	/** How many may be made now, and when that was counted. All attempts together: who changes his address is no other. */
	#tries: number;
	#counted: number = Time.ticks;

	/** @param port 80 where clients look. */
	constructor(owner: PortalOwner, port: number) {
		this.#owner = owner;
		const { maxForm, tries } = owner.settings.limits;
		this.#tries = tries;
		const server = new Server({
			io: Listener,
			port,
			maxBody: maxForm
		});
		this.#server = server;
		// One filter in the place of seven routes, which take 4.6 kB of slots.
		server.use("/", (request, response) => this.answer(request, response));
	}

	/** @throws {Error} when the port is taken. */
	open(): void {
		this.#server.start();
	}

	/** Resolves once its last connection has ended. */
	close(): Promise<void> {
		return this.#server.stop();
	}

	/** Its own origin. */
	private get origin(): string {
		const { address } = this.#owner.settings;
		const { port } = this.#server;
		return port === 80 ? `http://${address}` : `http://${address}:${port}`;
	}

	/** @returns whether it was, or a promise of the answer. */
	private answer(request: Request, response: Response): boolean | Promise<true> {
		if (this.guard(request, response)) return true;
		const { method, path } = request;
		if (method === "POST") {
			if (path === "/join") return this.join(request, response);
			if (path === "/scan") return this.scan(response);
			if (path === "/done") return this.done(response);
		} else if (isRead(request)) {
			if (path === "/") return this.show(response);
			if (path === "/state") return this.tellState(response);
			if (path === "/captive") return this.describe(response);
		}
		return false;
	}

	/**
	 * Lets pages of this device alone speak to it. Any name leads here, so a page of another one that asks for itself anew would be
	 * taken for ours (DNS rebinding): what is not for the address itself is sent there, and what changes something must come from there.
	 */
	private guard(request: Request, response: Response): boolean {
		const { host, address = "" } = request;
		if (!this.#owner.settings.isOurs(address)) throw new HttpError(403, "NETWORK", "The portal is for its own network");
		if (isRead(request) && this.isProbe(request)) return this.answerProbe(request, response);
		if (`http://${host}` !== this.origin) {
			if (!isRead(request)) throw new HttpError(403, "HOST", "The portal is for its own address");
			return this.lead(response);
		}
		if (!isRead(request) && request.headers.get("origin") !== this.origin)
			throw new HttpError(403, "ORIGIN", "What changes something comes from the portal's own page");
		this.#owner.used();
		return false;
	}

	/** Ubuntu asks for `/` of a host of its own. */
	private isProbe({ host, path }: Request): boolean {
		return successAt(path) !== undefined || (path === "/" && host.startsWith("connectivity-check."));
	}

	private answerProbe({ path }: Request, response: Response): boolean {
		if (this.#owner.progress.phase !== "done") return this.lead(response);
		const success = successAt(path);
		response.closeConnection().header("cache-control", "no-store");
		if (success === undefined) response.header("x-networkmanager-status", "online");
		if (success === undefined || success.status === 204) response.status(204).send();
		else response.type(success.type).send(success.text);
		return true;
	}

	/** To the page, and out of the way: there are few places for connections. */
	private lead(response: Response): true {
		response.closeConnection().header("cache-control", "no-store").redirect(`${this.origin}/`, 302);
		return true;
	}

	private view(): View {
		const { settings, scanner, progress } = this.#owner;
		const { title, link } = settings;
		const { networks, running, failed } = scanner;
		return { ...progress, title, link, networks, isScanning: running, scanFailed: failed };
	}

	private show(response: Response, status = 200, notice?: Problem): true {
		for (const [name, value] of headers) response.header(name, value);
		const view: View = notice === undefined ? this.view() : { ...this.view(), notice };
		response.status(status).type("text/html;charset=utf-8");
		if (view.phase === "joined" && notice === undefined)
			response.whenDone((_, isComplete) => isComplete && this.#owner.shown());
		// Not awaited piece by piece: TCP has room for all of it, and what waits is charged.
		// The head alone at first, or it would be copied behind the first piece twice.
		response.write("");
		renderPage(view, piece => void response.write(piece));
		response.end();
		return true;
	}

	private tellState(response: Response): true {
		response.header("cache-control", "no-store").send(stateOf(this.view()));
		return true;
	}

	/** RFC 8908 §5. Clients ask for it over TLS alone, and are told of it by DHCP (RFC 8910), which the SDK's access points cannot. */
	private describe(response: Response): true {
		response.type("application/captive+json").header("cache-control", "private");
		response.json({ captive: this.#owner.progress.phase !== "done", "user-portal-url": `${this.origin}/` });
		return true;
	}

	private join(request: Request, response: Response): Promise<true> {
		if (!request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded"))
			throw new HttpError(415, "FORM_TYPE", "Content is no form");
		// Not by an asynchronous function, which takes 2 kB of slots.
		return request.bytes(this.#owner.settings.limits.maxForm).then(content => this.joinBy(content, response));
	}

	/** Whether there have not been too many attempts. */
	private mayTry(): boolean {
		const { tries, tryInterval } = this.#owner.settings.limits;
		const ticks = Time.ticks;
		this.#tries = Math.min(tries, this.#tries + ((ticks - this.#counted) >>> 0) / tryInterval);
		this.#counted = ticks;
		if (this.#tries < 1) return false;
		this.#tries--;
		return true;
	}

	private joinBy(content: ArrayBuffer, response: Response): true {
		const { progress, scanner } = this.#owner;
		// Not before: what is not read has the connection linger, and takes a place.
		if (progress.phase !== "form") return this.show(response, 409, "busy");
		if (!this.mayTry()) return this.show(response, 429, "often");
		const typed = readField(content, "other");
		const chosen = readField(content, "ssid");
		// The field still has the name that was not found: who then chooses one of the list means that.
		const ssid = chosen !== "" && typed === progress.ssid ? chosen : typed || chosen;
		const password = readField(content, "password") || undefined;
		const credentials = password === undefined ? { ssid } : { ssid, password };
		const problem = findProblem(credentials);
		const isProtected = scanner.networks.some(each => each.ssid === ssid && !each.isOpen);
		progress.ssid = problem === "ssid" ? "" : ssid;
		progress.problem = problem ?? (password === undefined && isProtected ? "missing" : undefined);
		if (progress.problem !== undefined) return this.show(response, 422);
		this.#owner.join(credentials);
		return this.goOn(response);
	}

	private scan(response: Response): true {
		const { progress, scanner } = this.#owner;
		if (progress.phase === "form") scanner.start();
		return this.goOn(response);
	}

	private done(response: Response): true {
		if (this.#owner.progress.phase === "joined") this.#owner.done();
		return this.goOn(response);
	}

	private goOn(response: Response): true {
		response.header("cache-control", "no-store").redirect("/", 303);
		return true;
	}
}

const isRead = ({ method }: Request): boolean => {
	return method === "GET" || method === "HEAD";
};

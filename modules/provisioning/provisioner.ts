import { type Credentials, decodeCredentials, encodeCredentials } from "./credentials";
import type { ProvisionerOptions } from "./options";
import Application from "./portal/application";
import Opened from "./portal/opened";
import type { PortalOwner } from "./portal/portal";
import type { Progress } from "./portal/progress";
import Settings from "./portal/settings";
import { isAccessPointOpen, openAccessPoint } from "./radio/access-point";
import Scanner from "./radio/scanner";
import Station, { type JoinProblem } from "./radio/station";
import Stay from "./timing/stay";
import Timers from "./timing/timers";

/**
 * Brings a device into its network and keeps it there (row Z16). Without credentials it opens an access point with a page by which it is
 * given some; it keeps them once they have worked. A device that has credentials opens it only when `open()` or `forget()` is
 * called, or as `reopenAfter` says.
 *
 * ```ts
 * new Provisioner({
 * 	accessPoint: { ssid: "Lamp 4F21", password: "printed on it" },
 * 	store: new PreferenceStore(),
 * 	link: "https://lamp.local/",
 * 	onOnline: () => server.start(),
 * 	onOffline: () => server.stop()
 * }).start();
 * ```
 */
export default class Provisioner implements PortalOwner {
	/** @internal */
	readonly settings: Settings;
	/** @internal */
	readonly scanner: Scanner;
	/** @internal */
	readonly progress: Progress = { phase: "form", ssid: "", problem: undefined };
	readonly #station: Station;
	readonly #stay: Stay;
	readonly #timers = new Timers<"retry" | "away" | "reopen" | "join">();
	readonly #application: Application;
	#credentials: Credentials | undefined;
	#opened: Opened | undefined;
	/** Whether the portal is open, or about to be. */
	#isPortal = false;
	/** Until the former one is closed, which takes the access point away. */
	#closing: Promise<void> | undefined;
	/** Whether it is open because the network was away. */
	#isForAway = false;
	/** Between `start()` or `open()` and `close()`. */
	#isActive = false;
	#pause: number;

	/** @throws {TypeError} @throws {RangeError} as {@link ProvisionerOptions} says. @throws {Error} on an ESP8266, whose memory does not hold a portal. */
	constructor(options: ProvisionerOptions) {
		this.settings = new Settings(options);
		this.#application = new Application(options);
		const { limits } = this.settings;
		this.scanner = new Scanner(limits);
		this.#station = new Station(limits, () => this.lost());
		this.#stay = new Stay(limits, () => void this.leavePortal());
		this.#pause = limits.firstRetry;
	}

	/** Whether the device is in the network, with an address. */
	get online(): boolean {
		return this.#station.online;
	}

	/** Whether the portal is open. */
	get portal(): boolean {
		return this.#opened !== undefined;
	}

	/** Whether there are credentials. */
	get configured(): boolean {
		return this.#credentials !== undefined;
	}

	/** Joins the network of the stored credentials; opens the portal where there are none. */
	start(): void {
		this.#isActive = true;
		try {
			this.#credentials = decodeCredentials(this.settings.options.store.read());
		} catch (error) {
			this.#application.report(error);
		}
		if (this.#credentials === undefined) void this.open();
		else this.connect();
	}

	/** Opens the portal, as at the press of a button. What is stored stays until other credentials have worked. Does not reject. */
	async open(): Promise<void> {
		if (this.#isPortal) return;
		this.#isPortal = this.#isActive = true;
		this.#timers.clear("away");
		await this.#closing;
		await this.#application.tell(false);
		this.openNow();
	}

	/** Takes the credentials away and opens the portal. @throws {Error} what the store throws. */
	forget(): void {
		this.settings.options.store.remove();
		this.#credentials = undefined;
		this.#timers.clear("retry", "join");
		this.#stay.hold();
		this.#station.leave();
		this.progress.phase = "form";
		void this.open();
	}

	/** Ends all of it; the device leaves its network. Resolves once the portal is closed. */
	async close(): Promise<void> {
		this.#isActive = false;
		this.#timers.clear("retry", "away", "reopen", "join");
		this.#station.close();
		await this.closePortal();
		await this.#application.tell(false);
	}

	private openNow(): void {
		if (!this.#isPortal || this.#opened !== undefined) return;
		const isLeft = this.online && this.leaveIfAlike();
		Object.assign(this.progress, { phase: "form", ssid: "", problem: undefined });
		try {
			this.#opened = new Opened(this, error => this.#application.report(error));
		} catch (error) {
			this.#application.report(error);
			this.#timers.set("reopen", this.settings.limits.reopenPause, () => this.openNow());
		}
		if (this.#credentials !== undefined && !this.online && !isLeft) this.retryBesidePortal();
		if (this.#opened === undefined) return;
		this.#stay.opened();
		this.scanner.start();
		this.used();
		this.#application.announce(true);
	}

	private async closePortal(): Promise<void> {
		const opened = this.#opened;
		this.#isPortal = this.#isForAway = false;
		this.#opened = undefined;
		this.#timers.clear("reopen");
		this.#stay.hold();
		this.scanner.close();
		if (opened === undefined) return this.#closing;
		this.#closing = opened.close();
		await this.#closing;
		this.#application.announce(false);
	}

	/** @internal */
	done(): void {
		this.progress.phase = "done";
		this.#stay.done();
	}

	/** @internal Somebody is at the portal. */
	used(): void {
		this.#stay.used(this.progress.phase === "form" && this.configured);
	}

	/** @internal A network was chosen on the page: tried once the answer has left, and the radio looks for none. */
	join(credentials: Credentials): void {
		// Whoever chose was answered still, as a portal that closes does.
		if (this.#opened === undefined) return;
		Object.assign(this.progress, { phase: "joining", ssid: credentials.ssid, problem: undefined });
		this.#timers.clear("retry");
		this.#stay.hold();
		const begin = () => {
			if (this.progress.phase === "joining") this.attempt(credentials, problem => this.chosen(credentials, problem));
		};
		this.#timers.set("join", this.settings.limits.joinPause, () => this.scanner.whenFree(begin));
	}

	private chosen(credentials: Credentials, problem: JoinProblem | undefined): void {
		if (problem === undefined) {
			try {
				this.settings.options.store.write(encodeCredentials(credentials));
			} catch (error) {
				this.#application.report(error);
				this.#station.leave();
				this.ask("store");
				return;
			}
			this.#credentials = credentials;
			this.leaveIfAlike();
			this.progress.phase = "joined";
			this.#stay.joined();
		} else this.ask(problem);
	}

	private ask(problem: Progress["problem"]): void {
		Object.assign(this.progress, { phase: "form", problem });
		this.used();
		if (this.#credentials !== undefined) this.retryBesidePortal();
	}

	/** @internal */
	shown(): void {
		if (this.progress.phase === "joined") this.#stay.shown();
	}

	private async leavePortal(): Promise<void> {
		await this.closePortal();
		if (this.online) await this.#application.tell(true);
		else if (this.#credentials !== undefined) this.connect();
	}

	/** One attempt. Where joining has closed the access point, as on an ESP8266, that opens again. */
	private attempt(credentials: Credentials, joined: (problem: JoinProblem | undefined) => void): void {
		this.#station.join(credentials, joined);
		if (this.#opened === undefined || isAccessPointOpen()) return;
		try {
			openAccessPoint(this.settings.options.accessPoint);
		} catch (error) {
			this.#application.report(error);
		}
	}

	/** Joins the network of the credentials, now and until it works. */
	private connect(): void {
		const credentials = this.#credentials;
		if (credentials === undefined || this.#isPortal || !this.#isActive) return;
		this.watchAway();
		this.attempt(credentials, problem => {
			if (problem === undefined) void this.joined();
			else this.connectLater();
		});
	}

	private connectLater(): void {
		if (this.#isPortal) this.retryBesidePortal();
		else {
			this.#timers.set("retry", this.#pause, () => this.connect());
			this.#pause = Math.min(2 * this.#pause, this.settings.limits.longestRetry);
		}
	}

	private async joined(): Promise<void> {
		this.#pause = this.settings.limits.firstRetry;
		this.#timers.clear("away");
		// Who has just chosen another network is to see what comes of it.
		if (this.#isForAway && this.progress.phase === "form") await this.leavePortal();
		else if (!this.#isPortal) await this.#application.tell(true);
		else if (this.leaveIfAlike()) this.#timers.clear("retry");
	}

	/**
	 * Leaves a network that has the access point's own addresses, until the portal is closed: what is for a phone here would go there, and
	 * who is there would be taken for one who is here. @returns whether it has.
	 */
	private leaveIfAlike(): boolean {
		const isAlike = this.settings.isOurs(this.#station.address);
		if (isAlike) this.#station.leave();
		return isAlike;
	}

	/** While nobody uses the portal. */
	private retryBesidePortal(): void {
		this.#timers.set("retry", this.settings.limits.portalRetry, () => {
			const credentials = this.#credentials;
			if (credentials === undefined || this.online || this.progress.phase !== "form") return;
			this.retryBesidePortal();
			if (this.#stay.unusedFor >= this.settings.limits.portalRetry && !this.scanner.running)
				this.attempt(credentials, problem => {
					if (problem === undefined) void this.joined();
				});
		});
	}

	private lost(): void {
		const { phase } = this.progress;
		// The credentials have worked: they are tried again at once, while the page says so.
		if (!this.#isPortal) {
			void this.#application.tell(false);
			this.watchAway();
			this.connectLater();
		} else if (phase === "form") this.retryBesidePortal();
		else if (this.#credentials !== undefined) this.attempt(this.#credentials, () => this.leaveIfAlike());
	}

	/** The rule for a network that is away: a minute without its router must not open a device to whoever is near. */
	private watchAway(): void {
		const { reopenAfter } = this.settings.options;
		if (reopenAfter === undefined || this.#timers.has("away")) return;
		this.#timers.set("away", reopenAfter, () => {
			this.#timers.clear("retry");
			this.#isForAway = true;
			void this.open();
		});
	}
}

import Net from "net";
import Time from "time";
import Timer from "timer";
import WiFi, { type WiFiCallback } from "wifi";
import type { Credentials } from "../credentials";
import type { ProvisioningLimits } from "../limits";

/**
 * Why a network could not be joined: it has refused the password; it does not answer, or refuses otherwise; it has ended the
 * connection before there was an address; there was no address in time; nothing was said in time; the SDK threw.
 */
export type JoinProblem = "password" | "refused" | "lost" | "address" | "timeout" | "radio";

/** Is called once, when there is an address or why there is none. */
export type Joined = (problem: JoinProblem | undefined) => void;

/** npm's typings have no second argument. Without it an ESP32 that is an access point too says nothing. */
type GetAddress = (what: "IP", link: "station") => string | undefined;

const idle = 0;
const joining = 1;
const associated = 2;
const online = 3;

/** What the SDK says of a disconnection beside its name: −1 for a password that was refused. */
const refusedPassword = -1;

/** The device as a client of a network: one attempt at a time, and word of when the network is lost. */
export default class Station {
	readonly #limits: ProvisioningLimits;
	readonly #onLost: () => void;
	#wifi: WiFi | undefined;
	#state: typeof idle | typeof joining | typeof associated | typeof online = idle;
	#joined: Joined | undefined;
	#timer: Timer | undefined;
	#since = 0;

	/** @param onLost called when there was an address, and is none any more. */
	constructor(limits: ProvisioningLimits, onLost: () => void) {
		this.#limits = limits;
		this.#onLost = onLost;
	}

	/** Whether there is an address. */
	get online(): boolean {
		return this.#state === online;
	}

	/** That address. */
	get address(): string | undefined {
		return (Net.get as GetAddress)("IP", "station");
	}

	/** Whether an attempt is being made. */
	get busy(): boolean {
		return this.#joined !== undefined;
	}

	/** Leaves the network that there is, and tries to join another. Does not throw. */
	join({ ssid, password }: Credentials, joined: Joined): void {
		this.#joined = joined;
		this.#state = joining;
		this.#since = Time.ticks;
		this.wait(this.#limits.joinTimeout, "timeout");
		try {
			this.#wifi ??= new WiFi(undefined, this.observe);
			// An absent password must not be there: devices would take its text.
			WiFi.connect(password === undefined ? { ssid } : { ssid, password });
		} catch {
			this.finish("radio");
		}
	}

	/** Leaves the network, or gives an attempt up. */
	leave(): void {
		this.#joined = undefined;
		this.settle(idle);
		try {
			WiFi.disconnect();
		} catch {
			// There was nothing to leave.
		}
	}

	/** Hears nothing more. */
	close(): void {
		this.leave();
		this.#wifi?.close();
		this.#wifi = undefined;
	}

	// In JavaScript there is a second argument with a disconnection, which the SDK's typings do not have.
	private readonly observe: WiFiCallback = (message: string, reason?: number) => {
		if (message === WiFi.connected) this.onAssociated();
		else if (message === WiFi.gotIP) this.onAddress();
		else if (message === WiFi.disconnected) this.onDisconnected(reason);
		else if (message === WiFi.lostIP) this.onLostAddress();
	};

	private onAssociated(): void {
		if (this.#state !== joining) return;
		this.#state = associated;
		this.wait(this.#limits.addressTimeout, "address");
	}

	private onAddress(): void {
		if (this.#state === associated || this.#state === joining) this.finish(undefined);
	}

	private onDisconnected(reason: number | undefined): void {
		if (this.#state === online) this.lose();
		else if (this.#state === associated) this.finish(reason === refusedPassword ? "password" : "lost");
		else if (this.#state === joining) {
			if (reason === refusedPassword) this.finish("password");
			else if ((Time.ticks - this.#since) >>> 0 >= this.#limits.strayTime) this.finish("refused");
		}
	}

	private onLostAddress(): void {
		if (this.#state === online) this.lose();
		else if (this.#state === associated) this.finish("address");
	}

	private lose(): void {
		this.settle(idle);
		this.#onLost();
	}

	private wait(milliseconds: number, problem: JoinProblem): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = Timer.set(() => this.finish(problem), milliseconds);
	}

	private settle(state: typeof idle | typeof online): void {
		this.#state = state;
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
	}

	private finish(problem: JoinProblem | undefined): void {
		const joined = this.#joined;
		this.settle(problem === undefined ? online : idle);
		// An ESP8266 would try for ever, and nobody waits for it.
		if (problem !== undefined) this.leave();
		this.#joined = undefined;
		joined?.(problem);
	}
}

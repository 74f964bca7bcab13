import Time from "time";
import Timer from "timer";
import WiFi, { type WiFiScanCallback } from "wifi";
import { isNetworkName } from "../credentials";
import type { ProvisioningLimits } from "../limits";

/** A network that was found. */
export interface FoundNetwork {
	readonly ssid: string;
	/** Whether it has no password. */
	readonly isOpen: boolean;
	/** Of the strongest access point, dBm: −30 beside it, −90 hardly there. */
	rssi: number;
}

type Found = Exclude<Parameters<WiFiScanCallback>[0], null>;

/** Looks which networks there are, and keeps the strongest of them, each name once. Anybody can be on the air with any name. */
export default class Scanner {
	readonly #limits: ProvisioningLimits;
	/** By strength. */
	#networks: FoundNetwork[] = [];
	#found: FoundNetwork[] | undefined;
	#timer: Timer | undefined;
	#ended: number | undefined;
	#waiting: (() => void) | undefined;
	/** The SDK's scan goes on although we do not wait for it any more. */
	#isBusy = false;
	/** Whether the last one could not be made. */
	failed = false;

	constructor(limits: ProvisioningLimits) {
		this.#limits = limits;
	}

	get networks(): readonly FoundNetwork[] {
		return this.#networks;
	}

	/** Whether one is being made. */
	get running(): boolean {
		return this.#found !== undefined;
	}

	/** Begins a scan, unless one runs or has ended just now. Does not throw. */
	start(): void {
		const isEarly = this.#ended !== undefined && (Time.ticks - this.#ended) >>> 0 < this.#limits.scanPause;
		if (this.running || this.#isBusy || isEarly) return;
		const found: FoundNetwork[] = [];
		this.#found = found;
		this.failed = false;
		try {
			this.#isBusy = true;
			WiFi.scan({}, item => this.take(found, item));
			if (this.running) this.#timer = Timer.set(() => this.finish(), this.#limits.scanTimeout);
		} catch {
			this.#isBusy = false;
			this.failed = true;
			this.finish();
		}
	}

	/** Calls back once the radio is free: it cannot scan and join at once. */
	whenFree(callback: () => void): void {
		if (this.running) this.#waiting = callback;
		else callback();
	}

	/** Forgets what it has found, and whoever waits. */
	close(): void {
		this.#waiting = undefined;
		this.finish();
		this.#networks = [];
		this.#ended = undefined;
	}

	/** The simulator ends with `undefined`, devices do with `null`. */
	private take(found: FoundNetwork[], item: Found | null | undefined): void {
		if (item === null || item === undefined) {
			this.#isBusy = false;
			if (this.#found === found) this.finish();
		} else if (this.#found === found) keepStrongest(found, item, this.#limits.maxNetworks);
	}

	private finish(): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = undefined;
		this.#ended = Time.ticks;
		if (this.#found !== undefined && !this.failed) this.#networks = this.#found;
		this.#found = undefined;
		const waiting = this.#waiting;
		this.#waiting = undefined;
		waiting?.();
	}
}

/** WEP is no protection, and the SDK's classes join no network that has it. */
const keepStrongest = (found: FoundNetwork[], { ssid, rssi, authentication }: Found, most: number): void => {
	if (!isNetworkName(ssid) || authentication === "wep") return;
	const isOpen = authentication === "none";
	const known = found.findIndex(each => each.ssid === ssid && each.isOpen === isOpen);
	if (known >= 0) {
		if ((found[known] as FoundNetwork).rssi >= rssi) return;
		found.splice(known, 1);
	}
	const place = found.findIndex(each => each.rssi < rssi);
	found.splice(place < 0 ? found.length : place, 0, { ssid, isOpen, rssi });
	if (found.length > most) found.length = most;
};

// A stand-in for the SDK's class of module "wifi", on a desk without radio: a test, or whoever runs an example, says what is on the air.
// Its contract was read from SDK 8.2.3: modules/network/wifi/esp32/wifi.js with xs6wifi.c, modules/network/wifi/wifi.js with
// esp/modwifi.c (ESP8266), and typings/wifi.d.ts, against which it is compiled.
//
// - The mode is set before an access point opens that is to look for networks; `accessPoint()` without `station` on an ESP8266 ends that.
// - `scan()` calls back for each network, then with null; it throws when one runs, or the radio is an access point alone.
// - `connect()` tells nothing at once: "connect", "gotIP", "lostIP", or "disconnect" with −1 for a password that was refused, else 0.
//   On an ESP8266 it closes the access point.
// - What there is with `undefined` in options is taken for its text.

import Timer from "timer";
import type WiFi from "wifi";
import type { AccessPointOptions, ScanOptions, WiFiCallback, WiFiMode, WiFiOptions, WiFiScanCallback } from "wifi";

/** A network, and what becomes of who joins it. */
export interface AirNetwork {
	readonly ssid: string;
	readonly password?: string;
	readonly rssi?: number;
	readonly authentication?: string;
	/** Whether it is not found by looking. */
	readonly isHidden?: boolean;
	/** Default `"joins"`. */
	readonly manner?: "joins" | "silent" | "no address" | "drops" | "throws";
}

/** What whoever runs an example finds. */
const somewhere: readonly AirNetwork[] = [
	{ ssid: "Home", password: "correct horse" },
	{ ssid: "Café", rssi: -70 },
	{ ssid: "Far away", password: "never heard", rssi: -88, manner: "silent" }
];

interface Air {
	networks: readonly AirNetwork[];
	/** How many further ones there are, which none joins. */
	crowd: number;
	scan: "answers" | "silent" | "throws";
	accessPoint: "opens" | "throws";
	/** Whether `connect()` closes the access point. */
	isESP8266: boolean;
	/** Milliseconds that everything takes. */
	delay: number;
	/** Whether who joins waits, for as long as a test wants to look. */
	isHeld: boolean;
	/** What was called, oldest first. */
	calls: string[];
	/** What the access point was last opened with. */
	opened: AccessPointOptions | undefined;
}

/** What is on the air, and how the radio is. */
export const air: Air = {
	networks: somewhere,
	crowd: 0,
	scan: "answers",
	accessPoint: "opens",
	isESP8266: false,
	delay: 50,
	isHeld: false,
	calls: [],
	opened: undefined
};

type Message = Parameters<WiFiCallback>[0];
type Observer = (message: Message, reason?: number) => void;

// Made when it is first asked for: on a desk with a device's memory this module is preloaded.
let observers: StandIn[] | undefined;
let mode: WiFiMode = 0;
let isScanning = false;
let pending: Timer | undefined;
let isJoined = false;

/** As the radio tells: later, and to all. */
export function tell(message: Message, reason?: number): void {
	isJoined = message === "gotIP" || (isJoined && message !== "disconnect");
	for (const observer of observers ?? []) observer.observer?.(message, reason);
}

function later(callback: () => void, delay: number = air.delay): void {
	pending = Timer.set(() => {
		pending = undefined;
		if (air.isHeld) later(callback);
		else callback();
	}, delay);
}

function join({ ssid, password }: WiFiOptions): void {
	const network = air.networks.find(each => each.ssid === ssid);
	if (network?.manner === "throws") throw new Error("esp_wifi_connect failed");
	if (network === undefined) later(() => tell("disconnect", 0), 1100 + air.delay);
	else if (network.manner === "silent") return;
	else if (password !== network.password) later(() => tell("disconnect", -1));
	else
		later(() => {
			tell("connect");
			if (network.manner === "drops") later(() => tell("disconnect", 0));
			else if (network.manner !== "no address") later(() => tell("gotIP"));
		});
}

export default class StandIn {
	observer: Observer | undefined;
	static readonly gotIP = "gotIP";
	static readonly lostIP = "lostIP";
	static readonly connected = "connect";
	static readonly disconnected = "disconnect";
	static readonly station_connected = "station_connect";
	static readonly station_disconnected = "station_disconnect";
	static readonly Mode: typeof WiFi.Mode = Object.freeze({ off: -5, none: 0, station: 1, accessPoint: 2 });

	constructor(options?: WiFiOptions, callback?: WiFiCallback) {
		if (options) StandIn.connect(options);
		this.observer = callback;
		observers = [...(observers ?? []), this];
	}

	close(): void {
		observers = observers?.filter(each => each !== this);
	}

	static get mode(): WiFiMode {
		return mode;
	}

	static set mode(value: WiFiMode) {
		air.calls.push(`mode ${value}`);
		mode = value;
	}

	static scan(_: ScanOptions, callback: WiFiScanCallback): void {
		air.calls.push("scan");
		if (isScanning) throw new Error("already scanning");
		if (air.scan === "throws" || mode === 2) throw new Error("scan request failed");
		if (air.scan === "silent") return;
		isScanning = true;
		Timer.set(() => {
			isScanning = false;
			for (const { ssid, rssi = -50, password, authentication, isHidden } of air.networks)
				if (!isHidden)
					callback({
						ssid,
						rssi,
						authentication: authentication ?? (password === undefined ? "none" : "wpa2_psk"),
						bssid: new ArrayBuffer(6)
					});
			for (let at = 0; at < air.crowd; at++)
				callback({
					ssid: `Another network with a name, ${at}`,
					rssi: -60 - at,
					authentication: "wpa2_psk",
					bssid: new ArrayBuffer(6)
				});
			callback(null);
		}, air.delay);
	}

	static connect(options?: WiFiOptions): void {
		if (pending !== undefined) Timer.clear(pending);
		pending = undefined;
		if (isJoined) tell("disconnect", 0);
		if (options === undefined) return;
		const { ssid, password } = options;
		air.calls.push(`connect ${ssid} ${"password" in options ? String(password) : "-"}`);
		if (isScanning) throw new Error("esp_wifi_connect failed");
		if (mode <= 0 || air.isESP8266) mode = 1;
		join(options);
	}

	static disconnect(): void {
		air.calls.push("disconnect");
		StandIn.connect();
	}

	static accessPoint(options: AccessPointOptions): void {
		air.calls.push("accessPoint");
		if (air.accessPoint === "throws") throw new Error("esp_wifi_set_config failed");
		const password = "password" in options ? String(options.password) : undefined;
		if (password !== undefined && password.length < 8) throw new Error("password too short - 8 bytes min");
		if (!(options as { station?: boolean }).station) mode = 2;
		else if (air.isESP8266 || mode <= 0) mode = 3;
		air.opened = options;
	}
}

/** What the SDK's typings say of the class. */
const contract: typeof WiFi = StandIn;
Object.freeze(contract.Mode);

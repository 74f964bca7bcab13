import { defaultLimits } from "httpsd/limits";
import { checkOptionNames, type OptionNames } from "text/option-names";
import { checkPort } from "text/port";
import { isNetworkName, isPassphrase } from "./credentials";
import { type ProvisioningLimits, provisioningLimits } from "./limits";
import type { Store } from "./store";

/** The network that a device opens for its portal. */
export interface AccessPointOptions {
	/** Its name, 1 to 32 bytes. */
	readonly ssid: string;
	/**
	 * WPA2 passphrase of 8 to 63 bytes, such as is printed on the device: what is typed into the portal's page goes over the air under
	 * it. `false` for an open network, where everybody near by can read along.
	 */
	readonly password: string | false;
	/** 1 to 13. Default 1. The radio has one channel: it becomes that of the network which the device joins. */
	readonly channel?: number;
	/** Clients that may join it at once, 1 to 8. Default 4. */
	readonly max?: number;
}

export interface ProvisionerOptions {
	readonly accessPoint: AccessPointOptions;
	/** Where the credentials are kept, such as a `PreferenceStore`. */
	readonly store: Store;
	/** Where the device is found once it has joined, such as `"https://lamp.local/"`; a function is asked each time. */
	readonly link: string | (() => string);
	/** What the device is called on its pages. Default: the access point's name. */
	readonly title?: string;
	/** IPv4 address of the access point. Default `"192.168.4.1"`, which ESP-IDF and the ESP8266's SDK give it. */
	readonly address?: string;
	/** TCP port of the portal. Default 80, where clients look. */
	readonly port?: number;
	/** UDP port of the name server. Default 53. */
	readonly dnsPort?: number;
	/**
	 * How long the network of the credentials must have been away before the portal opens, 300,000 ms at least. Default: it never
	 * does by itself, for who jams the network could have it opened. It wants a password of the access point.
	 */
	readonly reopenAfter?: number;
	/** Bounds and times that are to be others, by the names of `provisioningLimits`: whole numbers of at least 1. */
	readonly limits?: Partial<ProvisioningLimits>;
	/** The network has been joined, and the portal is closed: servers can start, and names be claimed. */
	readonly onOnline: () => unknown;
	/**
	 * The network is lost, or the portal opens: servers are to stop. What follows waits for a promise: the portal, and `onOnline`, since a
	 * server that is stopping cannot be started.
	 */
	readonly onOffline?: () => unknown;
	/** The portal has opened, or closed. */
	readonly onPortal?: (isOpen: boolean) => void;
	/** What did not work, such as the access point; it is tried again. Default: traced. No password is in it. */
	readonly onError?: (error: unknown) => void;
}

const optionNames: OptionNames<ProvisionerOptions> = Object.freeze({
	accessPoint: true,
	store: true,
	link: true,
	title: true,
	address: true,
	port: true,
	dnsPort: true,
	reopenAfter: true,
	limits: true,
	onOnline: true,
	onOffline: true,
	onPortal: true,
	onError: true
});
/** Milliseconds that a timer takes at most. */
const most = 2_147_483_647;
const accessPointNames: OptionNames<AccessPointOptions> = Object.freeze({
	ssid: true,
	password: true,
	channel: true,
	max: true
});

/** @throws {Error} a device whose memory does not hold a portal, see docs/provisioning.md. */
const checkPlatform = (): void => {
	if (defaultLimits.maxConnections < 2)
		throw new Error("Provisioner takes more of XS's memory than an ESP8266 has: give it its network by mc/config");
};

/**
 * @returns the limits that apply.
 * @throws {TypeError} an option that does not exist, is missing, or is none; an access point without a word on its password.
 * @throws {RangeError} a number out of range.
 * @throws {Error} as `checkPlatform()` does.
 */
export const checkOptions = (options: ProvisionerOptions): ProvisioningLimits => {
	checkPlatform();
	checkOptionNames("Provisioner", options, optionNames);
	for (const name of ["accessPoint", "store", "link", "onOnline"] as const)
		if (options[name] === undefined) throw new TypeError(`Provisioner needs ${name}`);
	checkAccessPoint(options.accessPoint);
	const { port = 80, dnsPort = 53, address = "192.168.4.1", reopenAfter } = options;
	checkPort("port", port);
	checkPort("dnsPort", dnsPort);
	if (typeof address !== "string" || !isAddress(address)) throw new TypeError("address is no IPv4 address");
	const limits = takeLimits(options.limits);
	if (reopenAfter !== undefined) checkRange("reopenAfter", reopenAfter, limits.leastReopenAfter, most);
	if (reopenAfter !== undefined && options.accessPoint.password === false)
		throw new TypeError("reopenAfter is not for an open access point: who jams the network could take the device");
	return limits;
};

/** Four whole numbers, as `Host` has them too: browsers write no zeros before them. */
const isAddress = (text: string): boolean => {
	const parts = text.split(".");
	return parts.length === 4 && parts.every(part => part === String(Number(part) & 0xff));
};

const takeLimits = (given: Partial<ProvisioningLimits> | undefined): ProvisioningLimits => {
	// Those in flash.
	if (given === undefined) return provisioningLimits;
	checkOptionNames("limits", given, provisioningLimits);
	const limits = { ...provisioningLimits };
	for (const [name, value] of Object.entries(given)) {
		checkRange(name, value, 1, most);
		Object.assign(limits, { [name]: value });
	}
	return limits;
};

const checkAccessPoint = (accessPoint: AccessPointOptions): void => {
	checkOptionNames("accessPoint", accessPoint, accessPointNames);
	const { ssid, password, channel = 1, max = 4 } = accessPoint;
	if (typeof ssid !== "string" || !isNetworkName(ssid))
		throw new TypeError("ssid of the access point has 1 to 32 bytes");
	if (password !== false && (typeof password !== "string" || !isPassphrase(password)))
		throw new TypeError("password of the access point has 8 to 63 bytes, or is false for an open one");
	checkRange("channel", channel, 1, 13);
	checkRange("max", max, 1, 8);
};

const checkRange = (name: string, value: number, least: number, most: number): void => {
	if (!Number.isInteger(value) || value < least || value > most)
		throw new RangeError(`${name} is a whole number from ${least} to ${most}`);
};

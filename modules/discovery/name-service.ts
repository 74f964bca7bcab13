// What claims names for a device: the part of the SDK's embedded:network/dnssd that is used here.

/** What others find the device by, besides its name (DNS-SD, RFC 6763). */
export interface Service {
	/** Such as `"_https._tcp"`. */
	readonly serviceType: string;
	readonly port: number;
	/** Keys and values of its TXT record. Default: none. */
	readonly txt?: ReadonlyMap<string, string>;
}

/** What is given back by closing it. */
export interface Held {
	close(): void;
}

/** What claims names: `Responder`, or a class like the SDK's `embedded:network/dnssd`, of which this is a part. */
export interface NameService extends Held {
	claim(options: {
		/** Without `.local`. */
		readonly host: string;
		/** The device's. The SDK's class asks `Net` for it. */
		readonly address: string;
		/** Types that `advertise` is called with next. The SDK's class does not look at them. */
		readonly serviceTypes: readonly string[];
		readonly onReady: () => void;
		/** Another device has the name, now or since a while. */
		readonly onError: () => void;
	}): Held;
	advertise(options: Service & { readonly host: string }): Held;
}

/** As the SDK describes a network's services, in `device.network.dnssd` for one: a class, and what it is made with. */
export interface NameServiceConfig {
	readonly io: new (options: never) => NameService;
	readonly socket: object;
}

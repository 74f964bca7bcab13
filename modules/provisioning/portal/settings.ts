import type { ProvisioningLimits } from "../limits";
import { checkOptions, type ProvisionerOptions } from "../options";

/** Options with what is there where they say nothing. */
export default class Settings {
	readonly options: ProvisionerOptions;
	readonly limits: ProvisioningLimits;

	/** @throws {TypeError} @throws {RangeError} @throws {Error} as `checkOptions` does. */
	constructor(options: ProvisionerOptions) {
		this.limits = checkOptions(options);
		this.options = options;
	}

	/** What the device is called on its pages. */
	get title(): string {
		return this.options.title ?? this.options.accessPoint.ssid;
	}

	/** Where the device is found once it has joined. */
	get link(): string {
		const { link } = this.options;
		return typeof link === "function" ? link() : link;
	}

	/** The access point's address. */
	get address(): string {
		return this.options.address ?? "192.168.4.1";
	}

	/** Whether an address is of the access point's network: it differs in its last number alone. */
	isOurs(address = ""): boolean {
		return address.startsWith(this.address.slice(0, this.address.lastIndexOf(".") + 1));
	}
}

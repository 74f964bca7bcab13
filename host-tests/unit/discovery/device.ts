// A device that is found by name, for tests of it. The network and the certificates are the test's.

import { afterEach, beforeEach, jest } from "@jest/globals";
import type DeviceNameType from "discovery/device-name";
import type { Memory } from "discovery/device-name";
import type { Store } from "identity/store";

// What a store holds is written by natives on the desk and on a device.
jest.mock("identity/image", () => ({
	__esModule: true,
	default: {
		toSlot: (sequence: number, _made: number, [[, , notes]]: [[string, string, ArrayBuffer]]) =>
			Object.assign(new Uint8Array(notes), { sequence }),
		fromSlot: (bytes: Uint8Array) => Object.assign(bytes, { find: () => [bytes] })
	}
}));
jest.mock("net", () => ({ __esModule: true, default: { get: () => "192.168.1.5" } }), { virtual: true });
export const DeviceName = require("discovery/device-name").default as typeof DeviceNameType;

export const second = 1_000;
export const minute: number = 60 * second;

interface Claim {
	readonly host: string;
	readonly address: string;
	onReady(): void;
	onError(): void;
}

export class Device {
	/** Names that other devices have. */
	readonly taken = new Set<string>();
	/** Names that this one has asked for. */
	tried: string[] = [];
	claimed: Claim | undefined;
	readonly advertised: string[] = [];
	/** What claims names cannot be made. */
	openFault: string | undefined;

	readonly issued: string[] = [];
	issueFault: Error | undefined;
	/** The name that the certificate is for. */
	certified = "";
	readonly identity = {
		update: ({ name }: { name: string }): void => {
			if (name === this.certified) return;
			this.issued.push(name);
			if (this.issueFault) throw this.issueFault;
			this.certified = name;
		}
	};

	stored: Uint8Array | undefined;
	readonly store: Store = {
		read: () => this.stored,
		write: value => {
			this.stored = value as unknown as Uint8Array;
		}
	};

	address: string | undefined = "192.168.1.5";
	/** What a certificate is charged to, if it is. */
	memory: Memory | undefined;
	readonly errors: string[] = [];
	#name: DeviceNameType | undefined;

	get name(): DeviceNameType {
		return this.#name as DeviceNameType;
	}

	make(wanted: string): DeviceNameType {
		return new DeviceName({
			name: wanted,
			store: this.store,
			dnssd: { io: this.serviceClass() as never, socket: {} },
			getAddress: () => this.address,
			...(this.memory === undefined ? {} : { memory: this.memory }),
			onError: error => this.errors.push(String(error)),
			now: () => 0
		});
	}

	/** As after a restart. */
	start(identity: Device["identity"] | undefined = this.identity): DeviceNameType {
		this.tried = [];
		this.#name = this.make("Lamp");
		this.certified = this.name.label;
		this.name.start(identity, [{ serviceType: "_https._tcp", port: 443 }]);
		return this.name;
	}

	/** Another device has the name that was claimed. */
	lose(): void {
		this.taken.add(this.name.label);
		this.claimed?.onError();
	}

	private serviceClass() {
		const device = this;
		return class {
			constructor() {
				if (device.openFault !== undefined) throw new Error(device.openFault);
			}
			claim(claim: Claim) {
				device.tried.push(claim.host);
				device.claimed = claim;
				const isTaken = () => device.taken.has(claim.host);
				const timer = setTimeout(() => (isTaken() ? claim.onError() : claim.onReady()), 750);
				return {
					close() {
						clearTimeout(timer);
						if (device.claimed === claim) device.claimed = undefined;
					}
				};
			}
			advertise({ host, serviceType }: { host: string; serviceType: string }) {
				const { advertised } = device;
				const name = `${host}.${serviceType}`;
				advertised.push(name);
				return { close: () => void advertised.splice(advertised.indexOf(name), 1) };
			}
			close(): void {}
		};
	}
}

export let device: Device;

/** Each test of the file has a new one, and a clock that it turns itself. */
export function eachHasItsDevice(): void {
	beforeEach(() => {
		jest.useFakeTimers();
		device = new Device();
	});
	afterEach(() => {
		device.name?.close();
		jest.useRealTimers();
	});
}

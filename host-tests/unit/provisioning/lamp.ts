// A device that has been in a network, on jest's clock, with the stand-in for the SDK's class (host-tests/programs/provisioning/wifi.ts). The
// portal's sockets are left out.

import { afterEach, beforeEach, jest } from "@jest/globals";
import { encodeCredentials } from "provisioning/credentials";
import type { ProvisionerOptions } from "provisioning/options";
import { air, default as StandIn } from "../../programs/provisioning/wifi";

/** Whether it is open, and how long it takes to close. */
export const portal = { isOpen: false, closeTime: 0 };
/** The address that the network gives. */
export const joined: { address: string } = { address: "192.168.1.5" };
jest.mock(
	"net",
	() => ({
		__esModule: true,
		default: { get: (_: string, link: string) => (link === "station" ? joined.address : undefined) }
	}),
	{ virtual: true }
);
jest.mock("wifi", () => ({ __esModule: true, default: StandIn }), { virtual: true });
jest.mock("provisioning/portal/opened", () => ({
	__esModule: true,
	default: class {
		constructor() {
			portal.isOpen = true;
		}
		async close() {
			if (portal.closeTime > 0) await new Promise(resolve => setTimeout(resolve, portal.closeTime));
			portal.isOpen = false;
		}
	}
}));
export const { default: Provisioner } =
	require("provisioning/provisioner") as typeof import("provisioning/provisioner");

export const minute = 60_000;
export const home = { ssid: "Home", password: "correct horse" };
export const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

export class Lamp {
	/** What the application was told. */
	readonly heard: string[] = [];
	stored: ArrayBuffer | undefined = encodeCredentials(home);
	#provisioner: InstanceType<typeof Provisioner> | undefined;

	constructor() {
		Object.assign(air, { networks: [home], calls: [], scan: "answers" });
		portal.closeTime = 0;
		joined.address = "192.168.1.5";
	}

	get provisioner(): InstanceType<typeof Provisioner> {
		return this.#provisioner as InstanceType<typeof Provisioner>;
	}

	start(more: Partial<ProvisionerOptions> = {}): void {
		const { heard } = this;
		this.#provisioner = new Provisioner({
			accessPoint: { ssid: "Lamp", password: "printed-on-it" },
			store: {
				read: () => this.stored,
				write: bytes => {
					this.stored = bytes;
				},
				remove: () => {
					this.stored = undefined;
				}
			},
			link: "https://lamp.local/",
			onOnline: () => heard.push("online"),
			onOffline: () => heard.push("offline"),
			onPortal: isOpen => heard.push(isOpen ? "portal" : "closed"),
			...more
		});
		this.provisioner.start();
	}

	async close(): Promise<void> {
		portal.closeTime = 0;
		await this.#provisioner?.close();
	}
}

export let lamp: Lamp;

/** Each test of the file has a new one, and a clock that it turns itself. */
export function eachHasItsLamp(): void {
	beforeEach(() => {
		jest.useFakeTimers();
		lamp = new Lamp();
	});
	afterEach(async () => {
		const closed = lamp.close();
		await pass(minute);
		await closed;
		jest.useRealTimers();
	});
}

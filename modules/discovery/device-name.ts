import type { Store } from "identity/store";
import Net from "net";
import Timer from "timer";
import { limits } from "./limits";
import type { Held, NameService, NameServiceConfig, Service } from "./name-service";
import ChosenName from "./naming/chosen-name";
import Pause from "./naming/pause";

/** Whose certificate has the name: DeviceIdentity. */
export interface NamedIdentity {
	/** Has a certificate for this name; it throws with nothing changed when it cannot. */
	update(names: { readonly name: string }): void;
}

/** Memory that a certificate for another name is charged to, before it is made: a server's. */
export interface Memory {
	/** Takes bytes, once there is room. @returns what gives them back; `undefined` when there has been none for a while */
	hold(bytes: number): Promise<(() => void) | undefined>;
}

export type { Service };

export interface DeviceNameOptions {
	/** Wanted name, without `.local`: 1 to 32 letters, digits and hyphens. */
	readonly name: string;
	/** Keeps the name that was found free. One of its own: `new PreferenceStore("tls", "name")`. */
	readonly store: Store;
	/** `{ io: Responder, socket: { io: UDP } }`. */
	readonly dnssd: NameServiceConfig;
	/** A server, to whose `memory` a certificate for another name is charged while it is made. Others in the network choose when. Default: to nobody's. */
	readonly memory?: Memory;
	/** The name has been claimed, or lost. */
	readonly onChange?: (name: DeviceName) => void;
	/** What has failed; it is tried again. Default: it is traced. */
	readonly onError?: (error: unknown) => void;
	/** The device's address; `undefined` without a network. Default: what the SDK's `Net` says. */
	readonly getAddress?: () => string | undefined;
	/** Milliseconds since 1970. Default: the clock. */
	readonly now?: () => number;
}

/** What some platforms say while there is no lease. */
const nowhere = "0.0.0.0";

const readAddress = (): string | undefined => {
	const address = Net.get("IP");
	return address && address !== nowhere ? address : undefined;
};

/**
 * The device's name, claimed on the network as `NAME.local` (RFC 6762) and kept in step with its certificate (row Z15). Where
 * another device has it, both become `NAME-2`, and so on.
 *
 * ```ts
 * const name = new DeviceName({ name: "lamp", store, dnssd: { io: Responder, socket: { io: UDP } } });
 * const identity = new DeviceIdentity({ store: identityStore, name: name.label, otherNames: name.otherLabels });
 * const server = new HTTPSServer({ secure: identity.secure });
 * identity.onChange = () => { server.context = new TLSContext(identity.secure); };
 * server.use("/", allowedHosts(() => name.hosts));
 * server.start();
 * name.start(identity, [{ serviceType: "_https._tcp", port: server.port }]);
 * ```
 *
 * The name is given up while the device has no certificate for it: then it is found by address alone.
 */
export default class DeviceName {
	/** As in the options. */
	onChange: ((name: DeviceName) => void) | undefined;
	onError: ((error: unknown) => void) | undefined;
	readonly #chosen: ChosenName;
	readonly #dnssd: NameServiceConfig;
	readonly #getAddress: () => string | undefined;
	readonly #memory: Memory | undefined;
	#identity: NamedIdentity | undefined;
	#services: readonly Service[] = [];
	#address: string | undefined;
	#watch: Timer | undefined;
	/** Until the next attempt, after what has failed and between names. */
	readonly #retry: Pause = new Pause(limits.retry, limits.maxRetry);
	/** While it lasts, there is no certificate for another name. */
	readonly #reissue: Pause = new Pause(limits.reissue, limits.maxReissue);
	#service: NameService | undefined;
	#held: Held[] = [];
	#isClaimed = false;
	/** The name that the identity was told last. */
	#told: string;
	/** How many names were tried since the chosen one. */
	#tried = 0;

	/**
	 * Reads the store, and does nothing else.
	 * @throws {RangeError} a name that no device can have
	 */
	constructor({ name, store, dnssd, now = Date.now, ...rest }: DeviceNameOptions) {
		const { memory, onChange, onError, getAddress = readAddress } = rest;
		this.#chosen = new ChosenName(name, store, now);
		this.#told = this.#chosen.label;
		this.#dnssd = dnssd;
		this.#getAddress = getAddress;
		this.#memory = memory;
		this.onChange = onChange;
		this.onError = onError;
	}

	/** The name at present, without `.local`: the certificate is for it, whether it is claimed or not. */
	get label(): string {
		return this.#chosen.label;
	}

	/** Such as `lamp-2.local`. */
	get host(): string {
		return `${this.label}.local`;
	}

	/** All names that lead here by the certificate: `lamp-2.local` and `lamp-2`. */
	get hosts(): readonly string[] {
		return this.#chosen.hosts;
	}

	/** Labels that it may have some day, for the `otherNames` of a DeviceIdentity. */
	get otherLabels(): readonly string[] {
		return this.#chosen.others;
	}

	/** Whether the network knows the device by this name. */
	get isClaimed(): boolean {
		return this.#isClaimed;
	}

	/**
	 * Claims the name, whenever there is a network.
	 * @param identity `undefined` when the certificate is for this name alone: then another is not taken
	 * @param services are found once the name is claimed
	 */
	start(identity: NamedIdentity | undefined, services: readonly Service[]): void {
		this.close();
		this.#identity = identity;
		this.#services = services;
		this.#watch = Timer.repeat(() => this.check(), limits.watch);
		this.check();
	}

	/** Call it when the network has come or gone, which is otherwise seen within `limits.watch`. */
	check(): void {
		if (this.#watch === undefined) return;
		let address: string | undefined;
		this.attempt(() => {
			address = this.#getAddress();
		});
		if (address === this.#address) return;
		this.#address = address;
		// Another network has other devices: what was found out about the name does not hold there (RFC 6762 §8).
		this.leave();
		this.#retry.reset();
		this.#tried = 0;
		this.join();
	}

	/** Gives the name up. `start` claims it again. */
	close(): void {
		if (this.#watch !== undefined) Timer.clear(this.#watch);
		this.#watch = undefined;
		this.#address = undefined;
		this.#retry.clear();
		this.#reissue.clear();
		this.leave();
	}

	private join(): void {
		const address = this.#address;
		if (this.#watch === undefined || address === undefined) return;
		const host = this.#chosen.after(this.#tried);
		if (!this.mayTake(host)) {
			this.#tried = 0;
			this.#retry.begin(() => this.join());
			return;
		}
		try {
			this.#service ??= new this.#dnssd.io({ socket: this.#dnssd.socket } as never);
			const claim = this.#service.claim({
				host,
				address,
				serviceTypes: this.#services.map(({ serviceType }) => serviceType),
				onReady: () => this.#held[0] === claim && this.take(host),
				onError: () => this.#held[0] === claim && this.lose()
			});
			this.#held = [claim];
		} catch (error) {
			this.fail(error);
		}
	}

	/** The name is nobody else's. One that needs another certificate waits for the memory that this takes. */
	private take(label: string): void {
		const memory = label === this.#told ? undefined : this.#memory;
		const [claim] = this.#held;
		const granted = (giveBack: (() => void) | undefined) => {
			if (giveBack === undefined && this.#held[0] === claim)
				this.fail(new Error(`There is no memory for a certificate for ${label} now`));
			else if (this.#held[0] === claim) this.takeNow(label);
			giveBack?.();
		};
		if (memory === undefined) this.takeNow(label);
		else memory.hold(limits.renameMemory).then(granted, () => granted(undefined));
	}

	private takeNow(label: string): void {
		const service = this.#service as NameService;
		try {
			this.rename(label);
			this.#held.push(...this.#services.map(each => service.advertise({ ...each, host: label })));
		} catch (error) {
			this.fail(error);
			return;
		}
		this.#tried = 0;
		this.#retry.reset();
		this.tell(true);
	}

	/** A certificate costs seconds, and a device that takes every name shall not have them. */
	private mayTake(label: string): boolean {
		if (this.#identity === undefined) return label === this.label;
		return label === this.#told || this.#reissue.isOver;
	}

	/** @throws what the identity throws: it has no certificate for the name then, or one that is not served */
	private rename(label: string): void {
		if (label !== this.#told) this.#reissue.begin();
		this.#told = label;
		this.#identity?.update({ name: label });
		if (label !== this.label) this.attempt(() => this.#chosen.choose(label));
	}

	/** Another device has the name. The next is not asked for at once: this is a callback of the service that is asked. */
	private lose(): void {
		this.release();
		this.#tried = (this.#tried + 1) % this.#chosen.count;
		if (this.#tried === 0) this.#retry.begin(() => this.join());
		else this.#retry.wait(limits.nextName, () => this.join());
	}

	private fail(error: unknown): void {
		this.report(error);
		this.leave();
		this.#tried = 0;
		this.#retry.begin(() => this.join());
	}

	private release(): void {
		const held = this.#held;
		this.#held = [];
		for (const each of held.reverse()) this.attempt(() => each.close());
		this.tell(false);
	}

	private leave(): void {
		this.release();
		const service = this.#service;
		this.#service = undefined;
		if (service !== undefined) this.attempt(() => service.close());
	}

	/** What cannot be given back is lost already, as a network that is gone. */
	private attempt(act: () => void): void {
		try {
			act();
		} catch (error) {
			this.report(error);
		}
	}

	private tell(isClaimed: boolean): void {
		if (isClaimed === this.#isClaimed) return;
		this.#isClaimed = isClaimed;
		this.attempt(() => this.onChange?.(this));
	}

	private report(error: unknown): void {
		try {
			if (this.onError === undefined) trace(`The name ${this.label}: ${error}\n`);
			else this.onError(error);
		} catch (thrown) {
			trace(`onError has failed: ${thrown}\n`);
		}
	}
}

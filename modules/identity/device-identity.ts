import Timer from "timer";
import { joinChain, splitChain } from "./chain";
import { checkIdentity, inspectCertificate } from "./check";
import { type Contents, loadContents, saveContents } from "./contents";
import CredentialsError from "./error";
import { formatFingerprint } from "./fingerprint";
import { issueRequest, toPEM } from "./issue";
import { limits } from "./limits";
import { encodeNames, hasNames, toHosts } from "./names";
import type { Bytes } from "./native";
import { dueTime, findLeftOut, isClockSet, type Plan, renew, type Signer, toSigner, wantsSignature } from "./renewal";
import type { Store } from "./store";

export interface DeviceNames {
	/** Host name, with or without a domain; `NAME.local` is served too. */
	name: string;
	/** The device's addresses at present. Default: none. */
	addresses?: readonly string[];
}

export interface DeviceIdentityOptions extends DeviceNames {
	/** Where it is kept. */
	store: Store;
	/** Default `"authority"`. */
	signer?: Signer;
	/**
	 * There is another certificate: give it to the listener. Connections that are open keep theirs. When this throws, it
	 * is called again within `limits.retry`.
	 */
	onChange?: (identity: DeviceIdentity) => void;
	/** Signer `"other"`: a signature is wanted on this request, PEM. Give the answer to `install`. */
	onRequest?: (request: string) => void;
	/** Milliseconds since 1970. Default: the clock. */
	now?: () => number;
}

/**
 * The device's own certificate and key: made at first boot, kept, renewed before the certificate expires and when the
 * device's name or address changes (row Z5).
 *
 * ```ts
 * const identity = new DeviceIdentity({ store: new PreferenceStore(), name: "device", addresses: [address] });
 * const listener = new TLSListener({ secure: identity.secure });
 * identity.onChange = () => { listener.context = new TLSContext(identity.secure); };
 * ```
 */
export default class DeviceIdentity {
	/** As in the options. */
	onChange: ((identity: DeviceIdentity) => void) | undefined;
	onRequest: ((request: string) => void) | undefined;
	readonly #store: Store;
	readonly #signer: Signer;
	readonly #now: () => number;
	#hosts: readonly string[];
	#addresses: readonly string[];
	#sequence: number;
	#contents: Contents;
	#timer: Timer | undefined;
	/** There is a certificate that `onChange` was not called for, or threw at. */
	#isUntold = false;
	#isClosed = false;

	/**
	 * Reads the store, and makes and keeps what is missing there or does not fit.
	 * @throws {RangeError} a name, address or signer that is none, or too many names
	 * @throws {CredentialsError} `MEMORY`, `RANDOM`
	 */
	constructor({ store, name, addresses = [], signer = "authority", onChange, onRequest, now }: DeviceIdentityOptions) {
		this.onChange = onChange;
		this.onRequest = onRequest;
		this.#store = store;
		this.#signer = toSigner(signer);
		this.#now = now ?? Date.now;
		this.#hosts = toHosts(name);
		this.#addresses = [...addresses];
		const { sequence, contents: former } = loadContents(store);
		this.#sequence = sequence;
		const contents = renew(former, this.plan);
		if (contents !== former) this.keep(contents);
		this.#contents = contents;
		this.begin();
	}

	/** Leaves no timer behind when `onRequest` throws. */
	private begin(): void {
		try {
			this.goOn();
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Certificate chain and key for a TLSContext or a listener's `secure`, DER. */
	get secure(): { cert: Uint8Array; key: Uint8Array } {
		return { cert: joinChain(this.#contents.chain) as Uint8Array, key: this.#contents.key };
	}

	/**
	 * What people install to trust the device, DER (for `/ca.crt`, type `application/x-x509-ca-cert`): its CA, or the
	 * certificate itself when it is signed by nobody else. `undefined` once another CA has signed.
	 */
	get trusted(): Uint8Array | undefined {
		const leaf = this.#contents.chain[0] as Uint8Array;
		return this.#contents.authority?.cert ?? (inspectCertificate(leaf).isSelfIssued ? leaf : undefined);
	}

	/** The same as PEM. */
	get trustedPEM(): string | undefined {
		const { trusted } = this;
		return trusted && toPEM(trusted, "certificate");
	}

	/** SHA-256 of the certificate, `AB:CD:…`, to compare with what a browser shows. */
	get fingerprint(): string {
		return formatFingerprint(inspectCertificate(this.#contents.chain[0] as Uint8Array).fingerprint);
	}

	/** The same of what is installed. */
	get trustedFingerprint(): string | undefined {
		const { trusted } = this;
		return trusted && formatFingerprint(inspectCertificate(trusted).fingerprint);
	}

	/** Milliseconds since 1970 when the certificate ends. */
	get notAfter(): number {
		return inspectCertificate(this.#contents.chain[0] as Uint8Array).notAfter;
	}

	/** A request for another CA to sign, such as `node certs/bin/certs.mjs csr sign FILE`: PEM. */
	get request(): string {
		const names = encodeNames(this.#hosts, this.#addresses);
		return toPEM(new Uint8Array(issueRequest(this.#hosts[0] as string, this.#contents.key, names)), "request");
	}

	/**
	 * The device has another name or address, or the clock was set: makes what does not fit any more, and calls
	 * `onChange` if that was something. Throws what the constructor throws, and then nothing has changed; and what
	 * `onChange` or `onRequest` throws.
	 */
	update({ name, addresses }: Partial<DeviceNames> = {}): void {
		const hosts = name === undefined ? this.#hosts : toHosts(name);
		const plan = { ...this.plan, hosts, addresses: addresses === undefined ? this.#addresses : [...addresses] };
		const contents = renew(this.#contents, plan);
		const leftOut = addresses === undefined ? [] : findLeftOut(contents, plan);
		if (leftOut.length > 0)
			trace(`The device's CA may not sign for ${leftOut.join(", ")}: its certificate leaves it out\n`);
		this.replace(contents, plan);
	}

	/**
	 * Signer `"other"`: serves with this chain from now on, PEM or DER, leaf first.
	 * @throws {CredentialsError} it is for another key or other names, expired, damaged, cut off or out of order; nothing
	 * has changed then
	 * @throws {TypeError} the device signs for itself
	 */
	install(chain: Bytes): void {
		if (this.#signer !== "other") throw new TypeError('Only with signer "other" does someone else sign');
		checkIdentity(chain, this.#contents.key, "server", { now: this.#now() });
		const certificates = splitChain(chain);
		this.requireNames(certificates[0] as Uint8Array);
		this.replace({ ...this.#contents, chain: certificates, authority: undefined }, this.plan);
	}

	/** Ends the watch over the certificate's end. */
	close(): void {
		this.#isClosed = true;
		this.schedule(undefined);
	}

	private requireNames(leaf: Uint8Array): void {
		if (hasNames(leaf, this.#hosts, this.#addresses)) return;
		const names = [...this.#hosts, ...this.#addresses].join(", ");
		throw new CredentialsError("CERTIFICATE_NAME", `The server certificate is not for all of ${names}`);
	}

	private get plan(): Plan {
		return { signer: this.#signer, hosts: this.#hosts, addresses: this.#addresses, now: this.#now() };
	}

	private keep(contents: Contents): void {
		saveContents(this.#store, this.#sequence + 1, this.#now(), contents);
		this.#sequence += 1;
	}

	/** Stores before it changes anything, so that a store that fails leaves all as it was. */
	private replace(contents: Contents, plan: Plan): void {
		if (contents !== this.#contents) {
			this.keep(contents);
			this.#isUntold = true;
		}
		this.#contents = contents;
		this.#hosts = plan.hosts;
		this.#addresses = plan.addresses;
		this.goOn();
	}

	/** Tells of what is new, asks for a signature if one is wanted, and sees to it that the next date is not missed. */
	private goOn(): void {
		const now = this.#now();
		this.schedule(isClockSet(now) ? this.waitFrom(now) : limits.clockCheck);
		if (this.#isUntold) this.tell();
		if (wantsSignature(this.#contents, this.plan)) this.onRequest?.(this.request);
	}

	private tell(): void {
		this.#isUntold = false;
		try {
			this.onChange?.(this);
		} catch (error) {
			this.#isUntold = true;
			throw error;
		}
	}

	private waitFrom(now: number): number {
		const due = dueTime(this.#contents.chain[0] as Uint8Array, now);
		return due > now ? Math.min(due - now, limits.look) : limits.retry;
	}

	/** The one timer that there is; none after `close`. */
	private schedule(wait: number | undefined): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = wait === undefined || this.#isClosed ? undefined : Timer.set(() => this.watch(), wait);
	}

	private watch(): void {
		try {
			this.update();
		} catch (error) {
			trace(`The device's certificate could not be renewed: ${error}\n`);
			this.schedule(limits.retry);
		}
	}
}

import { formatFingerprint } from "text/hex";
import { totalLength } from "text/join-bytes";
import Timer from "timer";
import type { Bytes } from "./bytes";
import { orderChain } from "./chain-order";
import { checkCertificates, inspectCertificate } from "./check";
import CredentialsError from "./error";
import { toHosts } from "./hosts";
import { issueRequest } from "./issue/certificate";
import { encodeNames, hasNames } from "./issue/names";
import {
	findUnpermitted,
	isClockSet,
	needsSignature,
	type Plan,
	renew,
	renewalTime,
	type Signer,
	toSigner
} from "./issue/renewal";
import { limits } from "./limits";
import { toPEM } from "./pem";
import { type Contents, loadContents, saveContents } from "./storage/contents";
import type { Store } from "./store";
import { joinChain, splitChain } from "./x509/chain";

export type { Signer };

export interface DeviceNames {
	/** Host name, with or without a domain; the certificate is for `NAME.local` too. */
	name: string;
	/** The device's addresses at present. Default: none. */
	addresses?: readonly string[];
}

export interface DeviceIdentityOptions extends DeviceNames {
	/** Where it is stored. */
	store: Store;
	/** Default `"authority"`. */
	signer?: Signer;
	/**
	 * Host names that the device may be given some day by `update`. A CA that is made here may sign for them too, so that clients
	 * who have it need no other then. Default: none.
	 */
	otherNames?: readonly string[];
	/**
	 * The certificate has changed: give it to the listener. Open connections are not affected. When this throws, it is
	 * called again within `limits.retry`.
	 */
	onChange?: (identity: DeviceIdentity) => void;
	/** Signer `"other"`: have this request (PEM) signed, and give the certificate to `install`. */
	onRequest?: (request: string) => void;
	/** Milliseconds since 1970. Default: the clock. */
	now?: () => number;
}

/**
 * The device's own certificate and key: made at first boot, stored, renewed before the certificate expires and when the
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
	readonly #otherHosts: readonly string[];
	#hosts: readonly string[];
	#addresses: readonly string[];
	#sequence: number;
	#contents: Contents;
	/** Made once: clients ask for it, and to make it takes three times its length. */
	#trustedPEM: string | undefined;
	#timer: Timer | undefined;
	/** `onChange` is still to be called for the certificate, or has thrown. */
	#isUnannounced = false;
	#isClosed = false;

	/**
	 * Reads the store; makes and stores what is missing there or does not fit.
	 * @throws {RangeError} a name, address or signer that is none, or too many names
	 * @throws {CredentialsError} `MEMORY`, `RANDOM`
	 */
	constructor({ store, name, addresses = [], signer = "authority", otherNames = [], ...rest }: DeviceIdentityOptions) {
		this.onChange = rest.onChange;
		this.onRequest = rest.onRequest;
		this.#store = store;
		this.#signer = toSigner(signer);
		this.#now = rest.now ?? Date.now;
		this.#hosts = toHosts(name);
		this.#otherHosts = otherNames.flatMap(toHosts);
		this.#addresses = [...addresses];
		const { sequence, contents: former } = loadContents(store);
		this.#sequence = sequence;
		const contents = renew(former, this.plan);
		if (contents !== former) this.save(contents);
		this.#contents = contents;
		this.#trustedPEM = this.makeTrustedPEM();
		this.start();
	}

	/** When `onRequest` throws, no timer is left. */
	private start(): void {
		try {
			this.announce();
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Certificate chain and key for a TLSContext or a listener's `secure`, DER. */
	get secure(): { cert: Uint8Array; key: Uint8Array } {
		return { cert: joinChain(this.#contents.chain) as Uint8Array, key: this.#contents.key };
	}

	/** Bytes of that chain. */
	get chainLength(): number {
		return totalLength(this.#contents.chain);
	}

	/**
	 * What clients install to trust the device, DER (for `/ca.crt`, type `application/x-x509-ca-cert`): its CA, or its
	 * self-signed certificate. `undefined` once another CA has signed.
	 */
	get trusted(): Uint8Array | undefined {
		const leaf = this.#contents.chain[0] as Uint8Array;
		return this.#contents.authority?.cert ?? (inspectCertificate(leaf).isSelfIssued ? leaf : undefined);
	}

	/** `trusted` as PEM. */
	get trustedPEM(): string | undefined {
		return this.#trustedPEM;
	}

	private makeTrustedPEM(): string | undefined {
		const { trusted } = this;
		return trusted && toPEM(trusted, "certificate");
	}

	/** SHA-256 of the certificate, `AB:CD:…`, as browsers show it. */
	get fingerprint(): string {
		return formatFingerprint(inspectCertificate(this.#contents.chain[0] as Uint8Array).fingerprint);
	}

	/** SHA-256 of `trusted`. */
	get trustedFingerprint(): string | undefined {
		const { trusted } = this;
		return trusted && formatFingerprint(inspectCertificate(trusted).fingerprint);
	}

	/** Milliseconds since 1970 when the certificate expires. */
	get notAfter(): number {
		return inspectCertificate(this.#contents.chain[0] as Uint8Array).notAfter;
	}

	/** A certificate signing request in PEM, for `node certs/bin/certs.mjs csr sign FILE` or another CA. */
	get request(): string {
		const names = encodeNames(this.#hosts, this.#addresses);
		return toPEM(new Uint8Array(issueRequest(this.#hosts[0] as string, this.#contents.key, names)), "request");
	}

	/**
	 * Call it when the device has another name or address, or the clock was set. Renews what does not fit any more, and
	 * calls `onChange` if anything did not. Throws what the constructor throws, with nothing changed, and what `onChange`
	 * or `onRequest` throws.
	 */
	update({ name, addresses }: Partial<DeviceNames> = {}): void {
		const hosts = name === undefined ? this.#hosts : toHosts(name);
		const plan = { ...this.plan, hosts, addresses: addresses === undefined ? this.#addresses : [...addresses] };
		const contents = renew(this.#contents, plan);
		const leftOut = addresses === undefined ? [] : findUnpermitted(contents, plan);
		if (leftOut.length > 0)
			trace(`The device's CA may not sign for ${leftOut.join(", ")}: its certificate leaves it out\n`);
		this.replace(contents, plan);
	}

	/**
	 * Makes key and certificate anew before they are due, and calls `onChange`. The CA stays.
	 * @throws {TypeError} the signer is `"other"`, who has to sign. Also what `update` throws.
	 */
	renew(): void {
		if (this.#signer === "other") throw new TypeError('With signer "other" someone else renews the certificate');
		this.replace(renew({ ...this.#contents, chain: [] }, this.plan), this.plan);
	}

	/**
	 * Signer `"other"`: the identity has this chain from now on: PEM or DER, in any order, with the root or without.
	 * @throws {CredentialsError} it is for another key or other names, expired, damaged or cut off, or does not lead up; nothing
	 * has changed then
	 * @throws {TypeError} the signer is not `"other"`
	 */
	install(chain: Bytes | readonly Uint8Array[]): void {
		if (this.#signer !== "other") throw new TypeError('Only with signer "other" does someone else sign');
		const { key } = this.#contents;
		const certificates = orderChain(Array.isArray(chain) ? chain : splitChain(chain as Bytes), key);
		checkCertificates(certificates, key, "server", { now: this.#now() });
		this.requireNames(certificates[0] as Uint8Array);
		this.replace({ ...this.#contents, chain: certificates, authority: undefined }, this.plan);
	}

	/** Stops the timer that renews the certificate. */
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
		return {
			signer: this.#signer,
			hosts: this.#hosts,
			otherHosts: this.#otherHosts,
			addresses: this.#addresses,
			now: this.#now()
		};
	}

	private save(contents: Contents): void {
		saveContents(this.#store, this.#sequence + 1, this.#now(), contents);
		this.#sequence += 1;
	}

	/** Stores first, so that nothing has changed when the store fails. */
	private replace(contents: Contents, plan: Plan): void {
		if (contents !== this.#contents) {
			this.save(contents);
			this.#isUnannounced = true;
		}
		const { trusted } = this;
		this.#contents = contents;
		if (this.trusted !== trusted) this.#trustedPEM = this.makeTrustedPEM();
		this.#hosts = plan.hosts;
		this.#addresses = plan.addresses;
		this.announce();
	}

	/** Calls `onChange` and `onRequest` as needed, and sets the timer for the next check. */
	private announce(): void {
		const now = this.#now();
		this.schedule(isClockSet(now) ? this.untilCheck(now) : limits.clockCheck);
		if (this.#isUnannounced) this.notifyChange();
		if (needsSignature(this.#contents, this.plan)) this.onRequest?.(this.request);
	}

	private notifyChange(): void {
		this.#isUnannounced = false;
		try {
			this.onChange?.(this);
		} catch (error) {
			this.#isUnannounced = true;
			throw error;
		}
	}

	private untilCheck(now: number): number {
		const due = renewalTime(this.#contents.chain[0] as Uint8Array, now);
		return due > now ? Math.min(due - now, limits.recheck) : limits.retry;
	}

	/** There is one timer at most, and none after `close`. */
	private schedule(wait: number | undefined): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = wait === undefined || this.#isClosed ? undefined : Timer.set(() => this.check(), wait);
	}

	private check(): void {
		try {
			this.update();
		} catch (error) {
			trace(`The device's certificate could not be renewed: ${error}\n`);
			this.schedule(limits.retry);
		}
	}
}

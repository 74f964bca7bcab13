import { formatFingerprint } from "text/hex";
import Timer from "timer";
import { inspectCertificate, isIdentity } from "./check";
import Image, { type NewEntry } from "./image";
import { limits } from "./limits";
import type { Store } from "./store";
import { joinChain, splitChain } from "./x509/chain";

/** What a server is served with. */
export interface Pair {
	/** Chain, DER, leaf first. */
	readonly cert: Uint8Array;
	/** PKCS #8. */
	readonly key: Uint8Array;
}

/** Where a certificate comes from: a DeviceIdentity, an ACMEIdentity. */
export interface IdentitySupply {
	readonly secure: Pair | undefined;
	/** Of that certificate, as `DashboardIdentity` of httpsd has them: where a supply says both, its chain need not be read for them. */
	readonly notAfter?: number | undefined;
	readonly fingerprint?: string | undefined;
	/** Bytes of `secure.cert`. */
	readonly chainLength?: number;
}

export interface ChosenIdentityOptions {
	/** By the names that are chosen from. The first one is served until another is chosen, and has a certificate always. */
	readonly supplies: Readonly<Record<string, IdentitySupply>>;
	/** Keeps the choice. One of its own. */
	readonly store: Store;
	/** Another certificate is to be served. */
	readonly onChange?: () => void;
	/** Milliseconds since 1970. Default `Date.now`. */
	readonly now?: () => number;
}

/** What one may choose. */
export interface Choice {
	readonly name: string;
	/** Milliseconds since 1970; `undefined` while there is no certificate. */
	readonly notAfter: number | undefined;
	/** SHA-256, 64 hex digits. */
	readonly fingerprint: string | undefined;
}

interface Notes {
	/** What is served, and what was before a trial that has not ended. */
	readonly choice?: string;
}

const readNotes = (bytes: Uint8Array | undefined): Notes => {
	try {
		return bytes === undefined ? {} : JSON.parse(String.fromArrayBuffer(bytes.slice().buffer as ArrayBuffer));
	} catch {
		return {};
	}
};

type Facts = Omit<Choice, "name">;

/** A chain may be a tenth of a device's memory, and is read, or joined, by whoever wants it. */
const describe = (supply: IdentitySupply | undefined): Facts => {
	const { notAfter, fingerprint } = supply ?? {};
	if (notAfter !== undefined && fingerprint !== undefined)
		return { notAfter, fingerprint: fingerprint.split(":").join("").toLowerCase() };
	const { secure } = supply ?? {};
	const facts = secure && inspectCertificate(secure.cert);
	return { notAfter: facts?.notAfter, fingerprint: facts?.fingerprint };
};

const isPair = ({ cert, key }: Partial<Pair>): boolean => {
	return cert !== undefined && key !== undefined && isIdentity(cert, key);
};

/**
 * Serves one of several certificates (row Z18). One that is chosen is on trial: unless `confirm()` is called within
 * `limits.trial`, since a client has come with it, that of before is served again; so it is after a restart within that time.
 *
 * ```ts
 * const chosen = new ChosenIdentity({ supplies: { own, uploaded, acme }, store });
 * chosen.onChange = () => { server.context = new TLSContext(chosen.secure); };
 * acme.onChange = () => chosen.changed("acme");
 * ```
 */
export default class ChosenIdentity {
	/** As in the options. */
	onChange: (() => void) | undefined;
	readonly #supplies: Readonly<Record<string, IdentitySupply>>;
	readonly #store: Store;
	readonly #now: () => number;
	#sequence: number;
	#choice: string;
	#pair: Pair;
	/** What is served again when the trial fails. */
	#former: { readonly choice: string; readonly pair: Pair } | undefined;
	#trialEnd = 0;
	#timer: Timer | undefined;
	#isPreparing = false;

	/**
	 * @throws {TypeError} the first of `supplies` has no certificate
	 * @throws {CredentialsError} `MEMORY`
	 */
	constructor({ supplies, store, onChange, now = Date.now }: ChosenIdentityOptions) {
		this.#supplies = supplies;
		this.#store = store;
		this.#now = now;
		this.onChange = onChange;
		const value = store.read();
		const bytes = value === undefined || value instanceof Uint8Array ? value : new Uint8Array(value as ArrayBuffer);
		const image = bytes && Image.fromSlot(bytes);
		this.#sequence = image?.sequence ?? 0;
		const { choice } = readNotes(image?.find("notes", "server")[0]);
		const cert = joinChain(image?.find("certificate", "server") ?? [])?.slice();
		const key = image?.find("key", "server")[0]?.slice();
		const [first = ""] = Object.keys(supplies);
		this.#choice = choice !== undefined && Object.hasOwn(supplies, choice) ? choice : first;
		const kept = { cert, key } as Partial<Pair>;
		const pair = isPair(kept) ? (kept as Pair) : (supplies[this.#choice]?.secure ?? supplies[first]?.secure);
		if (pair === undefined) throw new TypeError("The first supply of a ChosenIdentity has a certificate");
		this.#pair = pair;
	}

	/** Certificate chain and key for a TLSContext, DER. */
	get secure(): Pair {
		return this.#pair;
	}

	/** The name of what is served. */
	get choice(): string {
		return this.#choice;
	}

	/** Milliseconds since 1970 when what is served expires. */
	get notAfter(): number {
		return inspectCertificate(this.#pair.cert).notAfter;
	}

	/** SHA-256 of what is served, `AB:CD:…`. */
	get fingerprint(): string {
		return formatFingerprint(inspectCertificate(this.#pair.cert).fingerprint);
	}

	/** All that may be chosen. */
	get choices(): readonly Choice[] {
		return Object.entries(this.#supplies).map(([name, supply]) => ({ name, ...describe(supply) }));
	}

	/** Bytes of the chain that a name stands for; 0 where its supply does not say. */
	chainLength(name: string): number {
		return this.supplyOf(name)?.chainLength ?? 0;
	}

	/** Milliseconds until the trial ends; `undefined` when there is none. */
	get trial(): number | undefined {
		return this.#former === undefined ? undefined : Math.max(this.#trialEnd - this.#now(), 0);
	}

	/**
	 * Serves another certificate, on trial.
	 * @param prepare gives the supply another one before; when it throws, nothing has changed
	 * @throws {RangeError} there is no such supply, or it has no certificate
	 */
	choose(name: string, prepare: () => void = () => {}): void {
		const supply = this.supplyOf(name);
		if (supply === undefined) throw new RangeError(`There is no certificate ${name} to choose`);
		this.#isPreparing = true;
		try {
			prepare();
		} finally {
			this.#isPreparing = false;
		}
		const { secure } = supply;
		if (secure === undefined) throw new RangeError(`There is no certificate of ${name} yet`);
		// A trial within a trial goes back to what was before both.
		const former = this.#former ?? { choice: this.#choice, pair: this.#pair };
		// What its supply has still is not stored here: it may have a newer one after a restart.
		this.save(former.choice, this.isCurrent(former.choice, former.pair) ? undefined : former.pair);
		this.serve(name, secure);
		this.#former = former;
		this.#trialEnd = this.#now() + limits.trial;
		this.schedule(limits.trial);
	}

	/** A client has come with the new certificate: the trial is over. */
	confirm(): void {
		if (this.#former === undefined) return;
		this.save(this.#choice, undefined);
		this.#former = undefined;
		this.schedule(undefined);
	}

	/** Serves what was before the trial. */
	rollBack(): void {
		const former = this.#former;
		if (former === undefined) return;
		trace(`Nobody has come with the certificate ${this.#choice}: that of before is served again\n`);
		try {
			this.serve(former.choice, former.pair);
		} catch (error) {
			trace(`It was not taken, and is tried again: ${error}\n`);
			this.schedule(limits.trialRetry);
			return;
		}
		this.#former = undefined;
		this.schedule(undefined);
	}

	/** A supply has another certificate, which it has renewed by itself. */
	changed(name: string): void {
		const secure = this.#supplies[name]?.secure;
		if (this.#isPreparing || name !== this.#choice || secure === undefined) return;
		if (this.#former === undefined) this.save(name, undefined);
		this.serve(name, secure);
	}

	/** Ends the timer of a trial, which a restart will not confirm. */
	close(): void {
		this.schedule(undefined);
	}

	/** XS keeps each name that an object was ever asked for, and who knows the password may send any. */
	private supplyOf(name: string): IdentitySupply | undefined {
		return Object.keys(this.#supplies).includes(name) ? this.#supplies[name] : undefined;
	}

	/** Whether that is what the supply has. */
	private isCurrent(name: string, { cert }: Pair): boolean {
		return describe(this.#supplies[name]).fingerprint === inspectCertificate(cert).fingerprint;
	}

	/** @throws what `onChange` throws: then all is as it was */
	private serve(choice: string, pair: Pair): void {
		const [choiceBefore, pairBefore] = [this.#choice, this.#pair];
		this.#choice = choice;
		this.#pair = pair;
		try {
			this.onChange?.();
		} catch (error) {
			this.#choice = choiceBefore;
			this.#pair = pairBefore;
			throw error;
		}
	}

	/** @param pair what is served after a restart; `undefined` for what the supply has then */
	private save(choice: string, pair: Pair | undefined): void {
		const entries: NewEntry[] = [["notes", "server", ArrayBuffer.fromString(JSON.stringify({ choice }))]];
		if (pair !== undefined) {
			entries.push(...splitChain(pair.cert).map((cert): NewEntry => ["certificate", "server", cert]));
			entries.push(["key", "server", pair.key]);
		}
		this.#store.write(Image.toSlot(this.#sequence + 1, this.#now(), entries));
		this.#sequence += 1;
	}

	private schedule(wait: number | undefined): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = wait === undefined ? undefined : Timer.set(() => this.rollBack(), wait);
	}
}

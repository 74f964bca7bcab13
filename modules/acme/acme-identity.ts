import { isForNames } from "identity/certificate-chain";
import SigningKey from "identity/signing-key";
import { formatFingerprint } from "text/hex";
import Timer from "timer";
import ACMEError, { report } from "./error";
import { limits } from "./limits";
import { type ACMEOptions, checkNames, checkOptions } from "./options";
import { obtain } from "./protocol/order";
import { askRenewalInfo } from "./protocol/renewal-info";
import { type RevocationReason, revoke } from "./protocol/revocation";
import type { Beginning } from "./protocol/steps";
import { certificateID } from "./renewal/certificate-id";
import Timetable from "./renewal/timetable";
import { checkChain, describeLeaf, type Issued } from "./storage/issued";
import Keeping from "./storage/keeping";
import Replaced from "./storage/replaced";
import Announcement from "./transport/announcement";
import Caller, { type Account } from "./transport/caller";

export type { ACMEOptions, RevocationReason };

type Done = (error?: ACMEError) => void;

/**
 * A certificate that browsers trust, from a CA that speaks ACME (RFC 8555, row Z17): ordered by the device, kept, and renewed
 * ahead of time for as long as the device runs. The keys are made here and stay here.
 *
 * ```ts
 * const identity = new ACMEIdentity({ store, directory, names: ["lamp.example.org"], challenges: [challenge], http, secure,
 * 	termsOfServiceAgreed: true, onChange: () => { server.context = new TLSContext(identity.secure); } });
 * ```
 *
 * While the clock was not set, nothing is ordered: what was kept is served.
 */
export default class ACMEIdentity {
	/** As in the options. */
	onChange: (() => void) | undefined;
	onError: ((error: ACMEError) => void) | undefined;
	/** Why the last order has failed; `undefined` once one has not. */
	lastError: ACMEError | undefined;
	readonly #options: ACMEOptions;
	readonly #now: () => number;
	readonly #keeping: Keeping;
	readonly #replaced: Replaced;
	readonly #caller: Caller;
	readonly #timetable: Timetable;
	#names: readonly string[];
	#issued: Issued | undefined;
	#timer: Timer | undefined;
	readonly #announcement: Announcement;
	/** `renew()` was called. */
	#isForced = false;
	#isClosed = false;

	/**
	 * Reads the store, and orders a certificate, if that is needed, once the caller has returned.
	 * @throws {TypeError} an option that does not exist, or one that must be there is not
	 * @throws {RangeError} no names, too many or no host names; a directory that is no URL over TLS
	 * @throws {CredentialsError} `MEMORY`: what is stored cannot be read now
	 */
	constructor(options: ACMEOptions) {
		checkOptions(options);
		this.#options = options;
		this.#names = checkNames(options.names);
		this.onChange = options.onChange;
		this.onError = options.onError;
		this.#now = options.now ?? Date.now;
		this.#caller = new Caller({ ...options, now: this.#now });
		this.#keeping = new Keeping(options.store, options.directory, this.#now, bytes => this.#caller.hasRoom(bytes));
		this.#announcement = new Announcement(options.memory, () => this.#isClosed || this.onChange?.());
		this.#replaced = new Replaced(this.#keeping);
		this.#timetable = new Timetable(this.#keeping.notes.notBefore);
		this.#issued = this.#keeping.leaf && describeLeaf(this.#keeping.leaf);
		// Not at once: there is no server yet that could show a proof.
		this.schedule(1);
	}

	/** Chain and key for a TLSContext or a listener's `secure`, DER; `undefined` before there is one. The chain is read from the store each time. */
	get secure(): { cert: Uint8Array; key: Uint8Array } | undefined {
		return this.#keeping.pair;
	}

	/** Bytes of that chain. */
	get chainLength(): number {
		return this.#keeping.chainLength;
	}

	/** SHA-256 of the certificate, `AB:CD:…`, as browsers show it. */
	get fingerprint(): string | undefined {
		return this.#issued && formatFingerprint(this.#issued.fingerprint);
	}

	/** Milliseconds since 1970 when the certificate expires. */
	get notAfter(): number | undefined {
		return this.#issued?.notAfter;
	}

	/** Milliseconds since 1970 when the next order begins, if all goes well; in the past when it should have begun. */
	get renewAt(): number {
		const { leaf } = this.#keeping;
		const isWanted = leaf !== undefined && isForNames(leaf, this.#names);
		return this.#timetable.orderAt(isWanted ? this.#issued : undefined);
	}

	/** Whether the CA is being asked for something. */
	get isBusy(): boolean {
		return this.#caller.isBusy;
	}

	/**
	 * Call it when the clock was set, or the device has other names. Begins what is due.
	 * @throws {RangeError} no names, too many or no host names
	 */
	update({ names }: { readonly names?: readonly string[] } = {}): void {
		if (names !== undefined) {
			this.#names = checkNames(names);
			// Unless the last order has failed, nothing speaks against one for them.
			if (this.#keeping.notes.failures === 0) this.#timetable.retryAt = 0;
		}
		this.check();
	}

	/** Orders another certificate, due or not: now, or once the CA is not being asked for anything else and the clock was set. */
	renew(): void {
		this.#isForced = true;
		this.check();
	}

	/** Revokes the certificate, which goes on being served: order another, for another key, by `renew()`. */
	revoke(reason: RevocationReason = "unspecified"): Promise<void> {
		const { leaf } = this.#keeping;
		return new Promise((resolve, reject) => {
			if (leaf === undefined || this.isBusy) throw new Error("There is no certificate, or the CA is being asked");
			this.sendRevocation(leaf, reason, error => (error === undefined ? resolve() : reject(error)));
		});
	}

	/** Ends an order that is under way, and orders nothing any more. */
	close(): void {
		this.#isClosed = true;
		this.schedule(undefined);
		this.#caller.close();
	}

	/** Milliseconds that the certificate is valid for. */
	private get left(): number {
		return Math.max((this.#issued?.notAfter ?? 0) - this.#now(), 0);
	}

	/** Does what is due, or waits for it. */
	private check(): void {
		if (this.isBusy || this.#isClosed) return;
		this.#announcement.repeat(this.#keeping.room);
		this.doNext();
	}

	private doNext(): void {
		const now = this.#now();
		if (now < limits.earliest) {
			this.schedule(limits.clockCheck);
			return;
		}
		this.#timetable.check(now);
		const replaced = this.#options.revokeReplaced ? this.#replaced.due(now) : undefined;
		if (this.renewAt <= now || this.#isForced) this.order();
		else if (replaced !== undefined) this.revokeReplaced(replaced);
		else if (this.#issued !== undefined && this.#timetable.askAt <= now) this.ask();
		else this.schedule(Math.min(this.renewAt - now, limits.recheck));
	}

	private get account(): Account {
		const { accountKey, notes } = this.#keeping.contents;
		return {
			key: new SigningKey(accountKey as Uint8Array),
			url: notes.account,
			room: this.#keeping.room,
			onChange: account => this.#keeping.change({}, { account })
		};
	}

	private order(): void {
		const { notes, contents } = this.#keeping;
		const failures = notes.failures + 1;
		this.#isForced = false;
		this.#timetable.putOff(this.#now(), failures, this.left);
		try {
			// There is no chain yet, which would be written anew as well.
			if (contents.accountKey === undefined) this.#keeping.change({ accountKey: SigningKey.make().bytes });
		} catch (error) {
			this.fail(new ACMEError("INTERNAL", String(error)));
			return;
		}
		this.placeOrder(failures);
	}

	private placeOrder(failures: number): void {
		this.schedule(undefined);
		const names = this.#names;
		let key: SigningKey | undefined;
		const makeRequest = () => {
			key ??= SigningKey.make();
			return key.makeRequest(names);
		};
		const replaces = this.#keeping.leaf && certificateID(this.#keeping.leaf);
		// A device that restarts in the midst of an order is to wait as one whose order has failed: so that is written first, once there is
		// memory, for with it the chain is read and written anew.
		const begin = () => this.#keeping.change({}, { failures, notBefore: this.#timetable.retryAt });
		const roomToBegin = this.#keeping.room;
		const keptBeside = this.#options.revokeReplaced ? this.#keeping.lengthWithReplaced : 0;
		this.#caller.call(
			this.account,
			session => obtain(session, { ...this.#options, names, replaces, makeRequest, begin, roomToBegin, keptBeside }),
			(chain, error) => {
				if (error === undefined) this.take(chain as Uint8Array[], key as SigningKey, names);
				else this.fail(error);
			}
		);
	}

	private take(chain: Uint8Array[], key: SigningKey, names: readonly string[]): void {
		try {
			const now = this.#now();
			checkChain(chain, key.bytes, names, now);
			const former = this.#options.revokeReplaced ? this.#keeping.leaf : undefined;
			const replaced = former === undefined ? [] : this.#replaced.with(former, now);
			const leaf = chain[0] as Uint8Array;
			const issued = describeLeaf(leaf);
			this.#timetable.restart(now, issued);
			const notes = { failures: 0, notBefore: this.#timetable.retryAt, revokeAt: 0 };
			this.#keeping.change({ key: key.bytes, leaf, replaced }, notes, chain);
			this.#issued = issued;
		} catch (error) {
			this.fail(error instanceof ACMEError ? error : new ACMEError("INTERNAL", String(error)));
			return;
		}
		this.lastError = undefined;
		this.#announcement.begin();
		// It may have ordered another, or closed this.
		if (!this.isBusy && !this.#isClosed) this.doNext();
	}

	private fail(error: ACMEError): void {
		const { failures, notBefore } = this.#keeping.notes;
		const now = this.#now();
		this.lastError = error;
		this.#timetable.putOff(now, Math.max(failures, 1), this.left, error);
		const { retryAt } = this.#timetable;
		// What is less than was written need not be: a restart waits longer then.
		if (retryAt > notBefore && error.code !== "MEMORY") this.#keeping.tryChange({}, { notBefore: retryAt });
		this.schedule(Math.min(retryAt - now, limits.recheck));
		report(error, this.onError);
	}

	private ask(): void {
		const identifier = certificateID(this.#keeping.leaf as Uint8Array);
		this.#timetable.askAt = this.#now() + limits.askAgain;
		if (identifier === undefined) {
			this.check();
			return;
		}
		this.schedule(undefined);
		this.#caller.call(
			this.account,
			session => askRenewalInfo(session, this.#options.directory, identifier),
			(info, error) => {
				this.#timetable.note(this.#now(), info, error?.retryAfter);
				if (error !== undefined) report(error, this.onError);
				this.check();
			}
		);
	}

	private revokeReplaced(certificate: Uint8Array): void {
		this.#replaced.begin(this.#now());
		const done: Done = error => {
			this.#replaced.end(certificate, this.#now(), error);
			if (error !== undefined) report(error, this.onError);
		};
		const begin = () => this.#replaced.keep();
		this.sendRevocation(certificate, "superseded", done, { begin, roomToBegin: this.#keeping.room });
	}

	private sendRevocation(certificate: Uint8Array, reason: RevocationReason, done: Done, beginning?: Beginning): void {
		this.schedule(undefined);
		this.#caller.call(
			this.account,
			session => revoke(session, { directory: this.#options.directory, certificate, reason, ...beginning }),
			(_, error) => {
				done(error);
				this.check();
			}
		);
	}

	/** There is one timer at most, and none after `close`. */
	private schedule(wait: number | undefined): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = wait === undefined || this.#isClosed ? undefined : Timer.set(() => this.check(), wait);
	}
}

import type { OptionNames } from "text/option-names";
import type { Bytes } from "../io";
import { checkBoolean, checkBytes, checkInteger } from "./config/arguments";
import { checkOptionNames } from "./config/option-names";
import { checkConstructed, toErrorCode } from "./config/result";
import TLSError from "./error";
import { limits } from "./limits";

/** The C store. Declarations only. */
class NativeResumption extends Native("xs_xstls_resumption_destructor") {
	constructor(entries: number, lifetime: number, tickets: boolean) {
		super();
		checkConstructed("a resumption store", this.construct(entries, lifetime, tickets));
	}
	private construct(entries: number, lifetime: number, tickets: boolean): number {
		return native("xs_xstls_resumption_constructor").call(this, entries, lifetime, tickets);
	}
	get entries(): number {
		return native("xs_xstls_resumption_entries").call(this);
	}
	get bytes(): number {
		return native("xs_xstls_resumption_bytes").call(this);
	}
	exportKeys(): ArrayBuffer | undefined {
		return native("xs_xstls_resumption_export_keys").call(this);
	}
	importKeys(keys: Bytes): number {
		return native("xs_xstls_resumption_import_keys").call(this, keys);
	}
}

export interface TLSResumptionOptions {
	/** TLS 1.2 sessions to keep, 0 to 1000; the one used least recently goes first. Default `limits.sessionCacheSize`. */
	cacheSize?: number;
	/** Seconds that a session can be resumed for, 1 to 604,800. Default `limits.sessionLifetime`. */
	lifetime?: number;
	/** Give tickets, TLS 1.2 and 1.3. Default `true`. */
	tickets?: boolean;
}

const optionNames: OptionNames<TLSResumptionOptions> = Object.freeze({
	cacheSize: true,
	lifetime: true,
	tickets: true
});

/**
 * What a server resumes sessions with, so that the next handshake is short (rows A4, B6): a cache of TLS 1.2 sessions
 * and the keys of tickets. Contexts may share one; a session is resumed only by a context with the same certificates,
 * CAs and `requestCert` as that in which it began.
 *
 * A context that asks for client certificates gives no tickets over TLS 1.3, and below mbedTLS 4.1, because of a flaw there,
 * none at all.
 */
export default class TLSResumption {
	/** The C store; for the other files of this module. */
	readonly native: NativeResumption;
	/** Bytes that a cached session takes; with a client certificate, that certificate besides. All of them take 1,232 for each that may be kept at most. */
	static readonly entrySize: number = limits.sessionEntrySize;

	/**
	 * @throws {TypeError} an option that is not known
	 * @throws {RangeError} an option out of range
	 * @throws {TLSError} `MEMORY`
	 */
	constructor(options: TLSResumptionOptions = {}) {
		checkOptionNames("TLSResumption", options, optionNames);
		const { cacheSize = limits.sessionCacheSize, lifetime = limits.sessionLifetime, tickets = true } = options;
		checkInteger("cacheSize", cacheSize, 0, 1000);
		checkInteger("lifetime", lifetime, 1, 604_800);
		this.native = new NativeResumption(cacheSize, lifetime, checkBoolean("tickets", tickets));
	}

	/** Sessions in the cache. */
	get cachedSessions(): number {
		return this.native.entries;
	}

	/** Bytes that the cached sessions take. */
	get cachedBytes(): number {
		return this.native.bytes;
	}

	/**
	 * The ticket keys as they are now, to be kept as secret as a private key. Keys change every `lifetime` seconds:
	 * export before a restart or deep sleep, not once for all (row Z7).
	 * @throws {TypeError} there are no tickets
	 */
	exportTicketKeys(): ArrayBuffer {
		const keys = this.native.exportKeys();
		if (keys === undefined) throw new TypeError("There are no ticket keys: tickets is false");
		return keys;
	}

	/**
	 * Restores keys that `exportTicketKeys` returned; tickets made with them are accepted again. While the clock has not
	 * been set (`limits.clockFloor`), tickets of TLS 1.3 are refused, and those of TLS 1.2 accepted whatever their age.
	 * @throws {RangeError} these are no exported keys
	 * @throws {TLSError} `STATE`: tickets is false
	 */
	importTicketKeys(keys: Bytes): void {
		const code = toErrorCode(this.native.importKeys(checkBytes("keys", keys)));
		if (code === "ARGUMENT") throw new RangeError("These are not exported ticket keys");
		if (code !== "NONE") throw new TLSError(code, { attempt: "Importing ticket keys" });
	}
}

import { checkConstructed } from "./result";

/** As `xstls_role` in tls-config-types.h. */
export const role = { server: 0, client: 1 } as const;
Object.freeze(role);

/** The C configuration behind a TLSContext. Declarations only; setters return an index of `tlsErrorCodes`. */
export default class NativeContext extends Native("xs_xstls_context_destructor") {
	/** Read in place by C; not read here. */
	bundle: unknown;

	constructor() {
		super();
		checkConstructed("a TLS context", this.construct());
	}
	private construct(): number {
		return native("xs_xstls_context_constructor").call(this);
	}
	addIdentity(chain: Credential, key: Credential): number {
		return native("xs_xstls_context_add_identity").call(this, chain, key);
	}
	/** @param id of a private key that PSA holds, 1 to 0x7fffffff */
	addOpaqueIdentity(chain: Credential, id: number): number {
		return native("xs_xstls_context_add_opaque_identity").call(this, chain, id);
	}
	allowWeakIdentity(): number {
		return native("xs_xstls_context_allow_weak_identity").call(this);
	}
	addCA(certificates: Credential): number {
		return native("xs_xstls_context_add_ca").call(this, certificates);
	}
	addALPN(name: string): number {
		return native("xs_xstls_context_add_alpn").call(this, name);
	}
	/** ESP-IDF's bundle; one that is read in place is kept alive as long as this. */
	setBundle(bundle: ArrayBuffer | ArrayBufferView | HostBuffer): number {
		this.bundle = bundle;
		return this.setBundleNow(bundle);
	}
	private setBundleNow(bundle: ArrayBuffer | ArrayBufferView | HostBuffer): number {
		return native("xs_xstls_context_set_bundle").call(this, bundle);
	}
	addPin(hash: Uint8Array): number {
		return native("xs_xstls_context_add_pin").call(this, hash);
	}
	setClockFloor(seconds: number): number {
		return native("xs_xstls_context_set_clock_floor").call(this, seconds);
	}
	ignoreName(): number {
		return native("xs_xstls_context_ignore_name").call(this);
	}
	/**
	 * Verifies DER certificates, the leaf first: [index of `tlsErrorCodes`, depth of the failed one or -1, flags].
	 * @param usage as `xstls_usage` in tls-chain.h
	 */
	verifyChain(chain: Credential | Uint8Array, usage: number): [number, number, number] {
		return native("xs_xstls_context_verify_chain").call(this, chain, usage);
	}
	setVersions(lowest: number, highest: number): number {
		return native("xs_xstls_context_set_versions").call(this, lowest, highest);
	}
	setVerify(role: number, verify: number): number {
		return native("xs_xstls_context_set_verify").call(this, role, verify);
	}
	setRecordSizes(receive: number, transmit: number): number {
		return native("xs_xstls_context_set_record_sizes").call(this, receive, transmit);
	}
	/** A name of policy.ts's lists. */
	allow(list: number, name: string): number {
		return native("xs_xstls_context_allow").call(this, list, name);
	}
	setPSKs(psks: object): number {
		return native("xs_xstls_context_set_psks").call(this, psks);
	}
	setPSKHint(hint: string): number {
		return native("xs_xstls_context_set_psk_hint").call(this, hint);
	}
	setClientPSK(identity: string, key: ArrayBuffer | ArrayBufferView): number {
		return native("xs_xstls_context_set_client_psk").call(this, identity, key);
	}
	setResumption(resumption: object): number {
		return native("xs_xstls_context_set_resumption").call(this, resumption);
	}
	seal(): number {
		return native("xs_xstls_context_seal").call(this);
	}
	/** Bytes of C heap that a handshake takes at most, with what is left to others. */
	get handshakeMemory(): number {
		return native("xs_xstls_context_handshake_memory").call(this);
	}
	get libraryError(): number {
		return native("xs_xstls_context_library_error").call(this);
	}
}

/** PEM text, or PEM or DER bytes: a string, an ArrayBuffer or view, a Resource or another host buffer (row B3). */
export type Credential = string | ArrayBuffer | ArrayBufferView | HostBuffer;

/** The C configuration behind a TLSContext. Declarations only; setters answer with an index of `tlsErrorCodes`. */
export default class NativeContext extends Native("xs_tls_context_destructor") {
	constructor() {
		super();
		native("xs_tls_context_constructor").call(this);
	}
	addIdentity(chain: Credential, key: Credential): number {
		return native("xs_tls_context_add_identity").call(this, chain, key);
	}
	addCA(certificates: Credential): number {
		return native("xs_tls_context_add_ca").call(this, certificates);
	}
	addALPN(name: string): number {
		return native("xs_tls_context_add_alpn").call(this, name);
	}
	setVersions(lowest: number, highest: number): number {
		return native("xs_tls_context_set_versions").call(this, lowest, highest);
	}
	setVerify(role: number, verify: number): number {
		return native("xs_tls_context_set_verify").call(this, role, verify);
	}
	seal(): number {
		return native("xs_tls_context_seal").call(this);
	}
	get libraryError(): number {
		return native("xs_tls_context_library_error").call(this);
	}
}

/** PEM text, or PEM or DER bytes: a string, an ArrayBuffer or view, a Resource or another host buffer (row B3). */
export type Credential = string | ArrayBuffer | ArrayBufferView | HostBuffer;

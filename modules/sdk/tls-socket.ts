// What the SDK's clients import as "embedded:io/socket/tcp/tls": TLSSocket in place of the SDK's own TLS.

import Resource from "Resource";
import TLSContext, { type TLSContextOptions } from "tls/context";
import TLSSocket, { type ClientOptions, type TLSSocketOptions } from "tls/socket";

type Secure = ClientOptions["secure"];

/** Whom to trust where a client's `secure` does not say it: the resources of these names that there are. */
const trusted = Object.freeze({ caBundle: "x509_crt_bundle", ca: "ca.pem" });

/** The last context that was made, and of what: a client hands on the same object for each connection. */
let last: { readonly secure: Secure | undefined; readonly context: TLSContext } | undefined;

const makeContext = (secure: TLSContextOptions = {}): TLSContext => {
	const { ca, caBundle, pinnedPublicKeys, psk } = secure;
	if ((ca ?? caBundle ?? pinnedPublicKeys ?? psk) !== undefined) return new TLSContext(secure);
	const { exists } = Resource;
	return new TLSContext({
		...secure,
		...(exists(trusted.caBundle) ? { caBundle: new Resource(trusted.caBundle) } : {}),
		...(exists(trusted.ca) ? { ca: new Resource(trusted.ca) } : {})
	});
};

const contextFor = (secure: Secure | undefined): TLSContext => {
	if (secure instanceof TLSContext) return secure;
	if (last === undefined || last.secure !== secure) last = { secure, context: makeContext(secure) };
	return last.context;
};

function complete(options: ClientOptions): ClientOptions {
	const { secure, servername, host, address, onError } = options;
	const name = servername ?? (secure instanceof TLSContext ? undefined : secure?.serverName);
	return {
		...options,
		secure: contextFor(secure),
		...(name === undefined ? {} : { servername: name }),
		onError(error) {
			// The SDK's clients drop what went wrong.
			if (error !== undefined) trace(`TLS with ${host ?? address}: ${error.message}\n`);
			onError?.call(this, error);
		}
	};
}

/**
 * A TLSSocket for clients that know the SDK's TLS: without trust in `secure`, or without `secure`, the CAs of the resources
 * `x509_crt_bundle` and `ca.pem` are trusted, and an error is traced.
 */
export default class SDKTLSSocket extends TLSSocket {
	/** Options as TLSSocket's. */
	constructor(options: TLSSocketOptions) {
		super("from" in options ? options : complete(options));
	}
}

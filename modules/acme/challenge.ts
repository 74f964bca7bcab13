/** What the CA looks for. */
export interface Proof {
	/** The host name that is proved, without `*.`. */
	readonly name: string;
	readonly token: string;
	/** Token and thumbprint (RFC 8555 §8.1). */
	readonly keyAuthorization: string;
}

/** A way to prove that a name is this device's (RFC 8555 §8). */
export interface Challenge {
	readonly type: "http-01" | "tls-alpn-01" | "dns-01";
	/** Shows a proof, until `withdraw`. The CA looks for it once this has returned, or its promise is fulfilled. */
	show(proof: Proof): void | Promise<void>;
	/** Takes it away, found or not. */
	withdraw(proof: Proof): void | Promise<void>;
}

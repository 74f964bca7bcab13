/** Stable codes, in the order of `TLS_ERRORS` in tls-error.h (a unit test compares them). */
export const tlsErrorCodes = [
	"NONE",
	"MEMORY",
	"ARGUMENT",
	"STATE",
	"RANDOM",
	"CERTIFICATE_INVALID",
	"KEY_INVALID",
	"KEY_MISMATCH",
	"CA_INVALID",
	"NOT_TLS",
	"UNEXPECTED_MESSAGE",
	"BAD_RECORD_MAC",
	"RECORD_OVERFLOW",
	"DECODE_ERROR",
	"ILLEGAL_PARAMETER",
	"HANDSHAKE_FAILURE",
	"PROTOCOL_VERSION",
	"NO_APPLICATION_PROTOCOL",
	"UNRECOGNIZED_NAME",
	"DECRYPT_ERROR",
	"CERTIFICATE_REQUIRED",
	"CERTIFICATE_UNTRUSTED",
	"CERTIFICATE_EXPIRED",
	"CERTIFICATE_NOT_YET_VALID",
	"CERTIFICATE_REVOKED",
	"CERTIFICATE_NAME",
	"CERTIFICATE_USAGE",
	"CERTIFICATE_WEAK",
	"UNKNOWN_PSK_IDENTITY",
	"ALERT_RECEIVED",
	"TRUNCATED",
	"TIMEOUT",
	"BUSY",
	"INTERNAL",
	"CERTIFICATE_NOT_PINNED",
	"CONNECT_FAILED",
	"KEY_NOT_FOUND",
	"KEY_NOT_USABLE",
	"KNOWN_SAMPLE",
	"CERTIFICATE_MALFORMED",
	"CERTIFICATE_TOO_LONG"
] as const;
Object.freeze(tlsErrorCodes);

export type TLSErrorCode = (typeof tlsErrorCodes)[number];

/** Alert descriptions by number (RFC 8446 §6, RFC 5246 §7.2, RFC 7301 §3.2). */
const alertNames: Readonly<Record<number, string>> = Object.freeze({
	0: "close_notify",
	10: "unexpected_message",
	20: "bad_record_mac",
	22: "record_overflow",
	40: "handshake_failure",
	42: "bad_certificate",
	43: "unsupported_certificate",
	44: "certificate_revoked",
	45: "certificate_expired",
	46: "certificate_unknown",
	47: "illegal_parameter",
	48: "unknown_ca",
	49: "access_denied",
	50: "decode_error",
	51: "decrypt_error",
	70: "protocol_version",
	71: "insufficient_security",
	80: "internal_error",
	86: "inappropriate_fallback",
	90: "user_canceled",
	109: "missing_extension",
	110: "unsupported_extension",
	112: "unrecognized_name",
	113: "bad_certificate_status_response",
	115: "unknown_psk_identity",
	116: "certificate_required",
	120: "no_application_protocol"
});

/** The message of each code, for people who read a log. */
const messages: Readonly<Record<TLSErrorCode, string>> = Object.freeze({
	NONE: "No error",
	MEMORY: "Out of memory",
	ARGUMENT: "Parameter out of range",
	STATE: "Not possible in this state",
	RANDOM: "No source of randomness",
	CERTIFICATE_INVALID:
		"The certificate cannot be parsed: give X.509 in PEM or DER, leaf first, with keys of P-256, P-384 or RSA",
	KEY_INVALID: "The private key cannot be parsed: give one of P-256, P-384 or RSA in PEM or DER, unencrypted",
	KEY_MISMATCH: "The private key does not belong to the certificate: give the pair that was made together",
	CA_INVALID: "The CA certificates cannot be parsed: give PEM or DER X.509 certificates",
	NOT_TLS: "The peer does not speak TLS",
	UNEXPECTED_MESSAGE: "The peer sent a message out of turn",
	BAD_RECORD_MAC: "A record could not be authenticated",
	RECORD_OVERFLOW: "The peer sent a record that is too large",
	DECODE_ERROR: "The peer sent a malformed message",
	ILLEGAL_PARAMETER: "The peer sent a parameter that is not allowed",
	HANDSHAKE_FAILURE: "No cipher suite, group or signature in common with the peer",
	PROTOCOL_VERSION: "No TLS version in common with the peer",
	NO_APPLICATION_PROTOCOL: "No application protocol (ALPN) in common with the peer",
	UNRECOGNIZED_NAME: "The peer asked for a name that is not served",
	DECRYPT_ERROR: "A handshake signature or MAC is wrong",
	CERTIFICATE_REQUIRED: "The peer sent no certificate",
	CERTIFICATE_UNTRUSTED: "The peer's certificate is not signed by a trusted CA",
	CERTIFICATE_EXPIRED: "The peer's certificate has expired",
	CERTIFICATE_NOT_YET_VALID: "The peer's certificate is not valid yet",
	CERTIFICATE_REVOKED: "The peer's certificate is revoked",
	CERTIFICATE_NAME: "The peer's certificate is for another name",
	CERTIFICATE_USAGE: "The peer's certificate is not meant for this use",
	CERTIFICATE_WEAK: "A certificate uses a key, a hash or a signature that is weak or not allowed",
	UNKNOWN_PSK_IDENTITY: "The pre-shared key identity or its key is wrong",
	ALERT_RECEIVED: "The peer ended the connection with an alert",
	TRUNCATED: "The connection ended without close_notify",
	TIMEOUT: "The handshake took too long",
	BUSY: "Too many connections",
	INTERNAL: "Internal error",
	CERTIFICATE_NOT_PINNED: "The peer's public key is none of those that are pinned",
	CONNECT_FAILED: "There is no TCP connection to the peer",
	KEY_NOT_FOUND: "PSA holds no key with this id",
	KEY_NOT_USABLE:
		"The PSA key may not sign for TLS: its policy has to allow ECDSA, or for RSA both PSS and PKCS #1 v1.5, with any hash",
	KNOWN_SAMPLE: "The key is published in examples, so anyone can pass for its owner: make one with certs",
	CERTIFICATE_MALFORMED: "The peer's certificate cannot be read, or is of a kind that this build does not have",
	CERTIFICATE_TOO_LONG:
		"The certificate chain is longer than this build can send: leave the root out, or use certificates with smaller keys"
});

export interface TLSAlert {
	/** Description by number, 0 to 255. */
	readonly number: number;
	/** RFC name, such as `handshake_failure`; `alert_N` when it has none. */
	readonly name: string;
	/** The peer sent it; otherwise this end did. */
	readonly received: boolean;
}

export interface TLSErrorDetails {
	alert?: TLSAlert | undefined;
	libraryCode?: number;
	verifyFlags?: number;
	/** What was attempted; the message begins with it. */
	attempt?: string;
}

export const makeAlert = (number: number, received: boolean): TLSAlert => {
	return { number, name: alertNames[number] ?? `alert_${number}`, received };
};

/** What went wrong on a TLS connection or with a TLS configuration (rows B15, E9). */
export default class TLSError extends Error {
	readonly code: TLSErrorCode;
	/** The alert that went with it, when there was one. */
	readonly alert: TLSAlert | undefined;
	/** The error of mbedTLS or PSA; 0 when there was none. */
	readonly libraryCode: number;
	/** `MBEDTLS_X509_BADCERT_*` of the peer's chain; 0 when the chain was not the reason. */
	readonly verifyFlags: number;

	constructor(code: TLSErrorCode, details: TLSErrorDetails = {}) {
		const { alert, libraryCode = 0, verifyFlags = 0, attempt } = details;
		const told = alert ? ` (${alert.received ? "received" : "sent"} alert ${alert.name})` : "";
		super(`${attempt ? `${attempt}: ` : ""}${messages[code]}${told}`);
		this.code = code;
		this.alert = alert;
		this.libraryCode = libraryCode;
		this.verifyFlags = verifyFlags;
	}

	// Not assigned: where the SDK preloads Error, its prototype is frozen, and `this.name = …` throws.
	override get name(): string {
		return "TLSError";
	}
}

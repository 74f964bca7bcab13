// Everything that a peer can do wrong (rows B15, E9): what this end calls it, and the alert that is said on the wire.
// Made by openssl or by changing the bytes on their way, over TLS 1.2 and 1.3, against our server and our client.

import type { TLSErrorCode } from "tls/error";
import type { LeafOptions } from "../client/certificates";
import { type Change, cutAtData, damageData, damageMessage, firstRecord, onHandshakeRecord, zeroShare } from "./wire";

export type Version = "TLSv1.2" | "TLSv1.3";

export interface Fault {
	readonly fault: string;
	/** What is wrong with the peer's certificate. */
	readonly leaf?: LeafOptions;
	/** It shows none. */
	readonly isAnonymous?: boolean;
	/** Options of openssl at the other end. */
	readonly theirs?: readonly string[];
	/** Configuration of this end (host-tests/programs). */
	readonly ours?: Record<string, string | number>;
	/** What becomes of the records of the peer. */
	readonly change?: Change;
	readonly code: TLSErrorCode;
	/** RFC 8446 §6 name of the alert; none where there is nobody to tell. Sent by us unless the code is ALERT_RECEIVED. */
	readonly alert?: string | Record<Version, string>;
	/** Default: both. */
	readonly version?: Version;
}

const RSA_1024 = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"];

/** Of a certificate, whoever shows it. */
const certificateFaults: readonly Fault[] = [
	{ fault: "wrong CA", leaf: { issuer: "rsa-ca" }, code: "CERTIFICATE_UNTRUSTED", alert: "unknown_ca" },
	{ fault: "expired", leaf: { validity: "expired" }, code: "CERTIFICATE_EXPIRED", alert: "certificate_expired" },
	{
		fault: "not yet valid",
		leaf: { validity: "early" },
		code: "CERTIFICATE_NOT_YET_VALID",
		alert: "certificate_expired"
	},
	{ fault: "weak key", leaf: { key: RSA_1024 }, code: "CERTIFICATE_WEAK", alert: "unsupported_certificate" }
];

/** Of the bytes, whoever sends them. */
const wireFaults: readonly Fault[] = [
	{ fault: "truncation", change: cutAtData, code: "TRUNCATED" },
	{ fault: "bad MAC", change: damageData, code: "BAD_RECORD_MAC", alert: "bad_record_mac" },
	{
		fault: "bad key share",
		version: "TLSv1.3",
		change: zeroShare,
		code: "ILLEGAL_PARAMETER",
		alert: "illegal_parameter"
	},
	{
		fault: "record overflow",
		change: firstRecord("160303ffff"),
		code: "RECORD_OVERFLOW",
		alert: "record_overflow"
	},
	{
		fault: "unexpected message",
		version: "TLSv1.3",
		change: firstRecord("16030300040e000000"),
		code: "UNEXPECTED_MESSAGE",
		alert: "unexpected_message"
	},
	{
		fault: "unexpected message",
		version: "TLSv1.2",
		change: onHandshakeRecord(2, "16030300040e000000"),
		code: "UNEXPECTED_MESSAGE",
		alert: "unexpected_message"
	}
];

/** Certificate, ServerKeyExchange and CertificateVerify, which TLS 1.2 sends in the clear (RFC 5246 §7.4). */
const message = { certificate: 11, serverKeyExchange: 12, certificateVerify: 15 } as const;

const signatureFault = (type: number): Fault => ({
	fault: "bad signature",
	version: "TLSv1.2",
	change: damageMessage(type, -1),
	code: "DECRYPT_ERROR",
	alert: "decrypt_error"
});

/** The tag of TBSCertificate, behind 4 bytes of the message, 6 of lengths and 4 of the outer SEQUENCE. */
const malformedCertificate: Fault = {
	fault: "malformed certificate",
	version: "TLSv1.2",
	change: damageMessage(message.certificate, 14),
	code: "CERTIFICATE_MALFORMED",
	alert: "bad_certificate"
};

export const clientFaults: readonly Fault[] = [
	...certificateFaults,
	...wireFaults,
	malformedCertificate,
	signatureFault(message.certificateVerify),
	{ fault: "wrong usage", leaf: { usage: "serverAuth" }, code: "CERTIFICATE_USAGE", alert: "unsupported_certificate" },
	{
		fault: "no certificate",
		isAnonymous: true,
		code: "CERTIFICATE_REQUIRED",
		alert: { "TLSv1.2": "handshake_failure", "TLSv1.3": "certificate_required" }
	},
	{
		fault: "no shared suite",
		ours: { ciphers: "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_AES_256_GCM_SHA384" },
		theirs: ["-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256", "-ciphersuites", "TLS_AES_128_GCM_SHA256"],
		code: "HANDSHAKE_FAILURE",
		alert: "handshake_failure"
	},
	{
		fault: "no shared version",
		version: "TLSv1.2",
		ours: { minVersion: "TLSv1.3" },
		code: "PROTOCOL_VERSION",
		alert: "protocol_version"
	},
	{
		fault: "no shared version",
		version: "TLSv1.3",
		ours: { maxVersion: "TLSv1.2" },
		code: "PROTOCOL_VERSION",
		alert: "protocol_version"
	},
	{
		fault: "no shared ALPN",
		ours: { alpn: "http/1.1" },
		theirs: ["-alpn", "mqtt"],
		code: "NO_APPLICATION_PROTOCOL",
		alert: "no_application_protocol"
	},
	...(["unknown PSK", "wrong PSK"] as const).map(fault => ({
		fault,
		ours: { identities: "", psk: fault === "wrong PSK" ? "me" : "somebody", requestCert: 0 },
		isAnonymous: true,
		theirs: ["-psk_identity", "me", "-psk", "0b", "-cipher", "PSK"],
		code: "UNKNOWN_PSK_IDENTITY" as const,
		alert: { "TLSv1.2": "bad_record_mac", "TLSv1.3": "decrypt_error" }
	})),
	{
		fault: "plain HTTP",
		change: firstRecord(Buffer.from("GET / HTTP/1.1\r\n\r\n").toString("hex")),
		code: "NOT_TLS",
		alert: "unexpected_message"
	},
	{
		fault: "our certificate is refused",
		theirs: ["-CAfile", "rsa-ca.pem"],
		code: "ALERT_RECEIVED",
		alert: "unknown_ca"
	}
];

export const serverFaults: readonly Fault[] = [
	...certificateFaults,
	...wireFaults,
	malformedCertificate,
	signatureFault(message.serverKeyExchange),
	{ fault: "wrong usage", leaf: { usage: "clientAuth" }, code: "CERTIFICATE_USAGE", alert: "unsupported_certificate" },
	{
		fault: "wrong host",
		leaf: { subjectAltName: "DNS:other.local" },
		code: "CERTIFICATE_NAME",
		alert: "bad_certificate"
	},
	{
		fault: "no shared suite",
		version: "TLSv1.2",
		theirs: ["-cipher", "ECDHE-ECDSA-AES128-SHA256"],
		code: "ALERT_RECEIVED",
		alert: "handshake_failure"
	},
	{
		fault: "no shared suite",
		version: "TLSv1.3",
		ours: { ciphers: "TLS_AES_256_GCM_SHA384" },
		theirs: ["-ciphersuites", "TLS_AES_128_GCM_SHA256"],
		code: "ALERT_RECEIVED",
		alert: "handshake_failure"
	},
	{
		fault: "no shared version",
		version: "TLSv1.2",
		theirs: ["-tls1_3"],
		code: "ALERT_RECEIVED",
		alert: "protocol_version"
	},
	{
		fault: "no shared version",
		version: "TLSv1.3",
		theirs: ["-tls1_2"],
		code: "ALERT_RECEIVED",
		alert: "protocol_version"
	},
	{
		fault: "no shared ALPN",
		ours: { alpn: "h2" },
		theirs: ["-alpn", "mqtt"],
		code: "ALERT_RECEIVED",
		alert: "no_application_protocol"
	},
	{
		fault: "wrong PSK",
		ours: { psk: "0a", ca: "" },
		theirs: ["-nocert", "-psk", "0b", "-psk_identity", "me", "-cipher", "PSK"],
		code: "ALERT_RECEIVED",
		alert: { "TLSv1.2": "bad_record_mac", "TLSv1.3": "illegal_parameter" }
	},
	{
		fault: "plain HTTP",
		change: firstRecord(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n").toString("hex")),
		code: "NOT_TLS",
		alert: "unexpected_message"
	}
];

// What the demo serves with: a certificate and key that `certs server` made and that came along as resources; without
// them, an identity that the device makes for itself at first boot and keeps (row Z5).

import Resource from "Resource";
import { inspectCertificate } from "identity/check";
import Credentials from "identity/credentials";
import DeviceIdentity from "identity/device-identity";
import { formatFingerprint } from "identity/fingerprint";
import PreferenceStore from "identity/preference-store";
import config from "mc/config";
import Net from "net";
import TLSContext from "tls/context";

const certificate = "server.pem";
const privateKey = "server.key.pem";
const authority = "ca.pem";
const protocols = { ALPNProtocols: ["http/1.1"] };

export interface Trusted {
	readonly pem: string;
	/** Of the first certificate in it. */
	readonly fingerprint: string;
}

export interface ServerIdentity {
	/** A name or address that the certificate is for. */
	readonly host: string;
	/** SHA-256 of the certificate that is served, `AB:CD:…`. */
	readonly fingerprint: string;
	/** What clients install to trust it; `undefined` when it did not come along. */
	readonly trusted: Trusted | undefined;
	/** For new connections. */
	makeContext(): TLSContext;
	/** Ends the watch over the certificate's end. */
	close(): void;
}

/**
 * The identity to serve with; `onChange` is called when there is another certificate.
 * @throws {CredentialsError} with what is wrong, and what to run
 */
export function openServerIdentity(onChange: () => void): ServerIdentity {
	const isPrepared = Resource.exists(certificate) || Resource.exists(privateKey);
	return isPrepared ? openPrepared() : openOwn(onChange);
}

function load(name: string): HostBuffer {
	if (Resource.exists(name)) return new Resource(name);
	const error = new Error(`There is no ${name} among the resources. Run "make identity" and start again`);
	throw Object.assign(error, { code: "ENOENT" });
}

function describe(pem: string): Trusted {
	return { pem, fingerprint: formatFingerprint(inspectCertificate(pem, "CA certificate").fingerprint) };
}

function openPrepared(): ServerIdentity {
	const credentials = new Credentials().addIdentity("server", { cert: load(certificate), key: load(privateKey) });
	const [facts] = credentials.describe("server");
	return {
		host: /CN=([^,+]+)/.exec(facts?.subject ?? "")?.[1] ?? "localhost",
		fingerprint: formatFingerprint(facts?.fingerprint ?? ""),
		trusted: Resource.exists(authority)
			? describe(String.fromArrayBuffer(new Resource(authority).slice(0)))
			: undefined,
		makeContext: () => credentials.makeContext("server", protocols),
		close() {}
	};
}

function openOwn(onChange: () => void): ServerIdentity {
	const name = String(config.host ?? "device");
	const address = Net.get("IP");
	const addresses = address ? [address] : [];
	const own = new DeviceIdentity({ store: new PreferenceStore(), name, addresses, onChange });
	return {
		host: address || `${name}.local`,
		get fingerprint() {
			return own.fingerprint;
		},
		get trusted() {
			return own.trustedPEM === undefined ? undefined : describe(own.trustedPEM);
		},
		makeContext: () => new TLSContext({ ...own.secure, ...protocols }),
		close: () => own.close()
	};
}

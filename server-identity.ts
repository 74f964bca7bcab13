// What the demo serves with: a certificate and key that `certs server` made and that came along as resources; without
// them, an identity that the device makes for itself at first boot and keeps (row Z5).

import Resource from "Resource";
import UDP from "embedded:io/socket/udp";
import DeviceName, { type Memory } from "discovery/device-name";
import Responder from "discovery/responder";
import { inspectCertificate } from "identity/check";
import Credentials from "identity/credentials";
import DeviceIdentity from "identity/device-identity";
import { certificatesToPEM } from "identity/pem";
import PreferenceStore from "identity/preference-store";
import config from "mc/config";
import Net from "net";
import { formatFingerprint } from "text/hex";
import Timer from "timer";
import TLSContext from "tls/context";
import { readFlag, readHost } from "./settings";

const certificate = "server.pem";
const privateKey = "server.key.pem";
const authority = "ca.pem";
/** Milliseconds between looks at the address that the network has given us. */
const addressCheck = 60_000;
/** What some platforms say while there is no lease. */
const nowhere = "0.0.0.0";
const protocols = Object.freeze({ ALPNProtocols: ["http/1.1"] }, true);

export interface ServerIdentity {
	/** A name or address that the certificate is for. */
	readonly host: string;
	/** SHA-256 of the certificate that is served, `AB:CD:…`. */
	readonly fingerprint: string;
	/** Milliseconds since 1970 when it expires. */
	readonly notAfter: number;
	/** Makes another certificate at once, where the device has made its own. */
	renew?(): void;
	/** What clients install to trust it; `undefined` when it did not come along. */
	readonly trustedPEM: string | undefined;
	/** SHA-256 of the first certificate in that. */
	readonly trustedFingerprint: string | undefined;
	/** For new connections. */
	makeContext(): TLSContext;
	/** Has the network know the server by its name, where mc/config says so and the certificate can follow (row Z15). */
	announce(port: number): void;
	/** Its names, where it is known by them alone. */
	readonly hosts?: () => readonly string[];
	/** Ends the watch over the certificate's end. */
	close(): void;
}

/**
 * The identity to serve with; `onChange` is called when there is another certificate.
 * @throws {CredentialsError} with what is wrong, and what to run
 */
export const openServerIdentity = (onChange: () => void, memory: Memory): ServerIdentity => {
	const isPrepared = Resource.exists(certificate) || Resource.exists(privateKey);
	return isPrepared ? openPrepared() : openOwn(onChange, memory);
};

/** The common name of a subject, up to the next attribute; empty where it has none. */
const commonName = (subject: string): string => {
	const start = subject.indexOf("CN=");
	if (start < 0) return "";
	const [value = ""] = subject.slice(start + "CN=".length).split(",", 1);
	const [name = ""] = value.split("+", 1);
	return name;
};

const load = (name: string): HostBuffer => {
	if (Resource.exists(name)) return new Resource(name);
	const error = new Error(`There is no ${name} among the resources. Run "make identity" and start again`);
	throw Object.assign(error, { code: "ENOENT" });
};

const describeAuthority = (): Pick<ServerIdentity, "trustedPEM" | "trustedFingerprint"> => {
	if (!Resource.exists(authority)) return { trustedPEM: undefined, trustedFingerprint: undefined };
	const bytes = new Resource(authority);
	const { fingerprint } = inspectCertificate(bytes, "CA certificate");
	return {
		trustedPEM: certificatesToPEM(bytes, "CA certificate"),
		trustedFingerprint: formatFingerprint(fingerprint)
	};
};

const openPrepared = (): ServerIdentity => {
	const credentials = new Credentials().addIdentity("server", { cert: load(certificate), key: load(privateKey) });
	const [facts] = credentials.describe("server");
	return {
		host: commonName(facts?.subject ?? "") || "localhost",
		fingerprint: formatFingerprint(facts?.fingerprint ?? ""),
		notAfter: facts?.notAfter ?? 0,
		...describeAuthority(),
		makeContext: () => credentials.makeContext("server", protocols),
		announce() {},
		close() {}
	};
};

const readAddresses = (): string[] => {
	const address = Net.get("IP");
	return address && address !== nowhere ? [address] : [];
};

/** A new lease is another address, which the certificate has to be for. What fails is tried again at the next look. */
const followAddress = (own: DeviceIdentity): Timer => {
	let known = String(readAddresses());
	return Timer.repeat(
		() => {
			const addresses = readAddresses();
			if (addresses.length === 0 || String(addresses) === known) return;
			try {
				own.update({ addresses });
				known = String(addresses);
			} catch (error) {
				trace(`No certificate for ${addresses}: ${error}\n`);
			}
		},
		Number(config.addressCheck ?? addressCheck)
	);
};

/** `undefined` where the name is the device's own business, as on a desk. */
const makeName = (name: string, memory: Memory): DeviceName | undefined => {
	if (!readFlag("announce", config.announce)) return undefined;
	return new DeviceName({
		name,
		store: new PreferenceStore("tls", "name"),
		dnssd: { io: Responder, socket: { io: UDP } },
		memory,
		onChange: ({ host, isClaimed }) => trace(isClaimed ? `Found as https://${host}\n` : `${host} is given up\n`)
	});
};

const openOwn = (onChange: () => void, memory: Memory): ServerIdentity => {
	const wanted = readHost(config.host);
	const found = makeName(wanted, memory);
	const name = found?.label ?? wanted;
	const addresses = readAddresses();
	const otherNames = found?.otherLabels ?? [];
	const own = new DeviceIdentity({ store: new PreferenceStore(), name, otherNames, addresses, onChange });
	const follower = followAddress(own);
	return {
		host: addresses[0] ?? `${name}.local`,
		get fingerprint() {
			return own.fingerprint;
		},
		get notAfter() {
			return own.notAfter;
		},
		get trustedPEM() {
			return own.trustedPEM;
		},
		get trustedFingerprint() {
			return own.trustedFingerprint;
		},
		renew: () => own.renew(),
		makeContext: () => new TLSContext({ ...own.secure, ...protocols }),
		announce: port => found?.start(own, [{ serviceType: "_https._tcp", port }]),
		...(found === undefined ? {} : { hosts: () => found.hosts }),
		close() {
			Timer.clear(follower);
			found?.close();
			own.close();
		}
	};
};

import TLSContext, { type TLSContextOptions } from "tls/context";
import type { Bytes } from "./bytes";
import { type CertificateFacts, type Clock, checkAuthorities, checkIdentity, type IdentityFacts } from "./check";
import CredentialsError from "./error";
import Image from "./image";
import { limits } from "./limits";
import { joinChain } from "./x509/chain";

export type Role = "server" | "client";

/** A chain, leaf first, with its key: PEM or DER, as string, buffer, Resource, or what `readFile` gives. */
export interface IdentitySource {
	readonly cert: Bytes;
	readonly key: Bytes;
}

/** Root certificates in ESP-IDF's bundle format, as `certs bundle` makes it. */
export interface BundleSource {
	readonly caBundle: NonNullable<TLSContextOptions["caBundle"]>;
}

type ContextOptions = Omit<TLSContextOptions, "cert" | "key" | "ca" | "requestCert" | "rejectUnauthorized">;
type Trust = Pick<TLSContextOptions, "ca" | "caBundle">;

/** The settings of one end. */
interface EndSettings {
	identities: { readonly source: IdentitySource; readonly facts: IdentityFacts }[];
	/** `undefined` before `enableCA` and `disableCA`; `"unverified"` after the latter. */
	trust: Trust | "unverified" | undefined;
	/** The CAs in `trust`. */
	authorities: readonly CertificateFacts[];
}

const toRole = (role: Role): Role => {
	if (role !== "server" && role !== "client") throw new TypeError(`"${role}" is not server or client`);
	return role;
};

const toRoles = (level: Role | "both"): readonly Role[] => {
	if (level === "both") return ["server", "client"];
	if (level !== "server" && level !== "client") throw new TypeError(`"${level}" is not server, client or both`);
	return [level];
};

const requireSource = (source: unknown): void => {
	if (typeof source === "object" && source !== null) return;
	throw new TypeError(`An identity is { cert, key } or an Image, not ${source === null ? "null" : typeof source}`);
};

const fromImage = (image: Image, role: Role): IdentitySource => {
	const cert = joinChain(image.find("certificate", role));
	const [key] = image.find("key", role);
	if (cert !== undefined && key !== undefined) return { cert, key };
	throw new CredentialsError(
		"IMAGE_INVALID",
		`The flash image holds no ${role} identity`,
		role === "server"
			? "node certs/bin/certs.mjs server --host device.local"
			: "node certs/bin/certs.mjs client --name device"
	);
};

/**
 * Certificates, keys and CAs of a server, a client or both, like the levels of `espconn_secure` (rows E1, E2, E3). They
 * are checked when they are set: kind, validity, that key and certificate belong together, and that no key is published
 * (row A6).
 *
 * ```ts
 * const credentials = new Credentials();
 * credentials.addIdentity("server", { cert: new Resource("server.pem"), key: new Resource("server.key.pem") });
 * const secure = credentials.makeContext("server", { ALPNProtocols: ["http/1.1"] });
 * ```
 */
export default class Credentials {
	readonly #ends: Record<Role, EndSettings> = {
		server: { identities: [], trust: undefined, authorities: [] },
		client: { identities: [], trust: undefined, authorities: [] }
	};
	readonly #now: () => number;

	/** @param now the clock, in milliseconds since 1970; validity is not checked before it was set */
	constructor(now: () => number = Date.now) {
		this.#now = now;
	}

	/**
	 * Adds an identity for one end or both, in order of preference; from an image it is the one of that role.
	 * A client sends its identity when the server asks for one.
	 * @throws {CredentialsError} the problem, and the command to run
	 * @throws {TypeError} a level, source, certificate or key of another type
	 */
	addIdentity(level: Role | "both", source: IdentitySource | Image): this {
		requireSource(source);
		const clock = this.toClock(source);
		const added = toRoles(level).map(role => {
			const own = source instanceof Image ? fromImage(source, role) : source;
			return { role, source: own, facts: checkIdentity(own.cert, own.key, role, clock) };
		});
		for (const { role, ...identity } of added) this.#ends[role].identities.push(identity);
		return this;
	}

	/** Removes the identities of one end or both. */
	removeIdentities(level: Role | "both"): this {
		for (const role of toRoles(level)) this.#ends[role].identities = [];
		return this;
	}

	/**
	 * Peers must have a certificate whose chain leads to one of these CAs: the servers that a client connects to, or the
	 * clients of a server.
	 * @throws {CredentialsError} the problem, and the command to run
	 */
	enableCA(level: Role | "both", source: Bytes | BundleSource | Image): this {
		for (const role of toRoles(level)) Object.assign(this.#ends[role], this.toTrust(role, source));
		return this;
	}

	private toTrust(role: Role, source: Bytes | BundleSource | Image): Pick<EndSettings, "trust" | "authorities"> {
		if (typeof source === "object" && source !== null && "caBundle" in source) {
			return { trust: { caBundle: source.caBundle }, authorities: [] };
		}
		const ca = source instanceof Image ? source.find("ca", role) : [source];
		if (ca.length === 0) {
			throw new CredentialsError(
				"IMAGE_INVALID",
				`The flash image holds no CA for a ${role}`,
				"node certs/bin/certs.mjs flash --ca-for both"
			);
		}
		return { trust: { ca }, authorities: ca.flatMap(each => checkAuthorities(each, this.toClock(source))) };
	}

	/** For an image, a clock that shows less than when the image was made counts as not set. */
	private toClock(source: unknown): Clock {
		const now = this.#now();
		return source instanceof Image ? { now, floor: Math.max(limits.earliest, source.made) } : { now };
	}

	/** Peers of that end are not verified. Each call is traced. */
	disableCA(level: Role | "both"): this {
		for (const role of toRoles(level)) {
			Object.assign(this.#ends[role], { trust: "unverified", authorities: [] });
			trace(
				`Credentials: no CA for the ${role}: it takes anyone for ${role === "client" ? "the server" : "a client"}\n`
			);
		}
		return this;
	}

	/** The identities of that end. @throws {TypeError} another role */
	describe(role: Role): readonly IdentityFacts[] {
		return this.#ends[toRole(role)].identities.map(({ facts }) => facts);
	}

	/** The CAs of that end; empty when peers are not verified, and for a bundle. @throws {TypeError} another role */
	describeCA(role: Role): readonly CertificateFacts[] {
		return this.#ends[toRole(role)].authorities;
	}

	/**
	 * Makes a context for one end; later changes here do not affect it. Peers are verified by the CAs that were enabled and
	 * by `caBundle` and `pinnedPublicKeys` of the options.
	 * @throws {TypeError} a server without an identity; a client without trust that did not call disableCA; trust after it
	 * @throws {TLSError} what TLSContext throws
	 */
	makeContext(role: Role, options: ContextOptions = {}): TLSContext {
		const { identities, trust } = this.#ends[toRole(role)];
		const hasMore = options.caBundle !== undefined || (options.pinnedPublicKeys ?? []).length > 0;
		if (role === "server" && identities.length === 0) throw new TypeError("A server needs an identity: addIdentity");
		if (trust === "unverified" && hasMore)
			throw new TypeError("disableCA trusts anyone: a bundle or pins would not count");
		if (role === "client" && trust === undefined && !hasMore) {
			throw new TypeError("Say whom a client trusts: enableCA, or disableCA to trust anyone");
		}
		const verifies = typeof trust === "object" || hasMore;
		return new TLSContext({
			...(typeof trust === "object" ? trust : {}),
			...options,
			cert: identities.map(({ source }) => source.cert),
			key: identities.map(({ source }) => source.key),
			...(role === "server" ? { requestCert: verifies } : { rejectUnauthorized: verifies })
		});
	}
}

import TLSContext, { type TLSContextOptions } from "tls/context";
import { joinChain } from "./chain";
import { type CertificateFacts, type Clock, checkAuthorities, checkIdentity, type IdentityFacts } from "./check";
import CredentialsError from "./error";
import Image from "./image";
import { limits } from "./limits";
import type { Bytes } from "./native";

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

/** What one end has and whom it trusts. `undefined`: nobody has said; `"anyone"`: disableCA was called. */
interface Party {
	identities: { readonly source: IdentitySource; readonly facts: IdentityFacts }[];
	trust: Trust | "anyone" | undefined;
	/** Of the CAs in `trust`. */
	authorities: readonly CertificateFacts[];
}

function toRole(role: Role): Role {
	if (role !== "server" && role !== "client") throw new TypeError(`"${role}" is not server or client`);
	return role;
}

function toRoles(level: Role | "both"): readonly Role[] {
	if (level === "both") return ["server", "client"];
	if (level !== "server" && level !== "client") throw new TypeError(`"${level}" is not server, client or both`);
	return [level];
}

function requireSource(source: unknown): void {
	if (typeof source === "object" && source !== null) return;
	throw new TypeError(`An identity is { cert, key } or an Image, not ${source === null ? "null" : typeof source}`);
}

function fromImage(image: Image, role: Role): IdentitySource {
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
}

/**
 * Certificates, keys and CAs by role, checked when they are set: kind, validity, pair, and that the key is not one that
 * is published (row A6). Each answers for one end as the `espconn_secure` levels do (rows E1, E2, E3).
 *
 * ```ts
 * const credentials = new Credentials();
 * credentials.addIdentity("server", { cert: new Resource("server.pem"), key: new Resource("server.key.pem") });
 * const secure = credentials.makeContext("server", { ALPNProtocols: ["http/1.1"] });
 * ```
 */
export default class Credentials {
	readonly #parties: Record<Role, Party> = {
		server: { identities: [], trust: undefined, authorities: [] },
		client: { identities: [], trust: undefined, authorities: [] }
	};
	readonly #now: () => number;

	/** `now`: milliseconds since 1970; default the clock, which is not believed until it was set. */
	constructor(now: () => number = Date.now) {
		this.#now = now;
	}

	/**
	 * Adds an identity for one end or both, in order of preference; out of an image it is the one for that role.
	 * A client sends its identity when the server asks for one.
	 * @throws {CredentialsError} with what is wrong, and what to run
	 * @throws {TypeError} a level, source, certificate or key of another type
	 */
	addIdentity(level: Role | "both", source: IdentitySource | Image): this {
		requireSource(source);
		const clock = this.toClock(source);
		const added = toRoles(level).map(role => {
			const own = source instanceof Image ? fromImage(source, role) : source;
			return { role, source: own, facts: checkIdentity(own.cert, own.key, role, clock) };
		});
		for (const { role, ...identity } of added) this.#parties[role].identities.push(identity);
		return this;
	}

	/** Forgets the identities of one end or both. */
	removeIdentities(level: Role | "both"): this {
		for (const role of toRoles(level)) this.#parties[role].identities = [];
		return this;
	}

	/**
	 * From now on the peers of that end must show a certificate that leads to one of these: servers to a client, clients
	 * to a server.
	 * @throws {CredentialsError} with what is wrong, and what to run
	 */
	enableCA(level: Role | "both", source: Bytes | BundleSource | Image): this {
		for (const role of toRoles(level)) Object.assign(this.#parties[role], this.toTrust(role, source));
		return this;
	}

	private toTrust(role: Role, source: Bytes | BundleSource | Image): Pick<Party, "trust" | "authorities"> {
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

	/** Out of an image, a clock that shows less than when it was made is taken for one that was not set. */
	private toClock(source: unknown): Clock {
		const now = this.#now();
		return source instanceof Image ? { now, floor: Math.max(limits.earliest, source.made) } : { now };
	}

	/** From now on nobody's certificate is asked for or judged at that end. That is traced, each time. */
	disableCA(level: Role | "both"): this {
		for (const role of toRoles(level)) {
			Object.assign(this.#parties[role], { trust: "anyone", authorities: [] });
			trace(
				`Credentials: no CA for the ${role}: it takes anyone for ${role === "client" ? "the server" : "a client"}\n`
			);
		}
		return this;
	}

	/** What the identities of that end are. @throws {TypeError} another role. */
	describe(role: Role): readonly IdentityFacts[] {
		return this.#parties[toRole(role)].identities.map(({ facts }) => facts);
	}

	/** What the CAs of that end are; empty when peers are not verified, and for a bundle. @throws {TypeError} another role. */
	describeCA(role: Role): readonly CertificateFacts[] {
		return this.#parties[toRole(role)].authorities;
	}

	/**
	 * A context for one end; what is changed here later does not change it. `caBundle` and `pinnedPublicKeys` among the
	 * options are trust too: peers are verified by them, beside the CAs that were enabled.
	 * @throws {TypeError} a server without an identity; a client without trust that did not call disableCA; trust after it
	 * @throws {TLSError} what TLSContext throws
	 */
	makeContext(role: Role, options: ContextOptions = {}): TLSContext {
		const { identities, trust } = this.#parties[toRole(role)];
		const hasMore = options.caBundle !== undefined || (options.pinnedPublicKeys ?? []).length > 0;
		if (role === "server" && identities.length === 0) throw new TypeError("A server needs an identity: addIdentity");
		if (trust === "anyone" && hasMore) throw new TypeError("disableCA trusts anyone: a bundle or pins would not count");
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

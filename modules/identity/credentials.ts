import TLSContext, { type TLSContextOptions } from "tls/context";
import { joinChain } from "./chain";
import { type CertificateFacts, checkAuthority, checkIdentity, type IdentityFacts } from "./check";
import CredentialsError from "./error";
import Image from "./image";
import type { Bytes } from "./native";

export type Role = "server" | "client";

/** A chain, leaf first, with its key: PEM or DER, as string, buffer, Resource, or what `readFile` gives. */
export interface IdentitySource {
	readonly cert: Bytes;
	readonly key: Bytes;
}

type ContextOptions = Omit<TLSContextOptions, "cert" | "key" | "ca" | "requestCert" | "rejectUnauthorized">;

/** What one end has and whom it trusts. `undefined`: nobody has said; `"anyone"`: disableCA was called. */
interface Party {
	identities: { readonly source: IdentitySource; readonly facts: IdentityFacts }[];
	trust: readonly Bytes[] | "anyone" | undefined;
}

function toRoles(level: Role | "both"): readonly Role[] {
	if (level === "both") return ["server", "client"];
	if (level !== "server" && level !== "client") throw new TypeError(`"${level}" is not server, client or both`);
	return [level];
}

function fromImage(image: Image, role: Role): IdentitySource {
	const cert = joinChain(image.find("certificate", role));
	const [key] = image.find("key", role);
	if (cert !== undefined && key !== undefined) return { cert, key };
	throw new CredentialsError(
		"IMAGE_INVALID",
		`The flash image holds no ${role} identity`,
		role === "server" ? "npx certs server --host device.local" : "npx certs client --name device"
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
		server: { identities: [], trust: undefined },
		client: { identities: [], trust: undefined }
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
	 */
	addIdentity(level: Role | "both", source: IdentitySource | Image): this {
		const added = toRoles(level).map(role => {
			const own = source instanceof Image ? fromImage(source, role) : source;
			return { role, source: own, facts: checkIdentity(own.cert, own.key, role, this.#now()) };
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
	enableCA(level: Role | "both", source: Bytes | Image): this {
		for (const role of toRoles(level)) this.#parties[role].trust = this.toTrust(role, source);
		return this;
	}

	private toTrust(role: Role, source: Bytes | Image): readonly Bytes[] {
		const authorities = source instanceof Image ? source.find("ca", role) : [source];
		if (authorities.length === 0) {
			throw new CredentialsError(
				"IMAGE_INVALID",
				`The flash image holds no CA for a ${role}`,
				"npx certs flash --ca-for both"
			);
		}
		for (const authority of authorities) checkAuthority(authority, this.#now());
		return authorities;
	}

	/** From now on nobody's certificate is asked for or judged at that end. That is traced, each time. */
	disableCA(level: Role | "both"): this {
		for (const role of toRoles(level)) {
			this.#parties[role].trust = "anyone";
			trace(
				`Credentials: no CA for the ${role}: it takes anyone for ${role === "client" ? "the server" : "a client"}\n`
			);
		}
		return this;
	}

	/** What the identities of that end are. */
	describe(role: Role): readonly IdentityFacts[] {
		return this.#parties[role].identities.map(({ facts }) => facts);
	}

	/** What the CAs of that end are; empty when peers are not verified. */
	describeCA(role: Role): readonly CertificateFacts[] {
		const { trust } = this.#parties[role];
		return typeof trust === "object" ? trust.map(authority => checkAuthority(authority, this.#now())) : [];
	}

	/**
	 * A context for one end; what is changed here later does not change it.
	 * @throws {TypeError} a server without an identity; a client of which neither enableCA nor disableCA was called
	 * @throws {TLSError} what TLSContext throws
	 */
	makeContext(role: Role, options: ContextOptions = {}): TLSContext {
		const { identities, trust } = this.#parties[role];
		if (role === "server" && identities.length === 0) throw new TypeError("A server needs an identity: addIdentity");
		if (role === "client" && trust === undefined) {
			throw new TypeError("Say whom a client trusts: enableCA, or disableCA to trust anyone");
		}
		const verifies = typeof trust === "object";
		return new TLSContext({
			...options,
			cert: identities.map(({ source }) => source.cert),
			key: identities.map(({ source }) => source.key),
			...(verifies ? { ca: trust } : {}),
			...(role === "server" ? { requestCert: verifies } : { rejectUnauthorized: verifies })
		});
	}
}

import SigningKey from "identity/signing-key";
import type { ClientHello } from "tls/client-hello";
import TLSContext from "tls/context";
import { sha256 } from "tls/digest";
import type { Challenge, Proof } from "./challenge";

const protocol = "acme-tls/1";

/**
 * The challenge tls-alpn-01 (RFC 8737): the CA connects to port 443 and looks at a certificate. No other port is needed.
 *
 * ```ts
 * const challenge = new TLSALPNChallenge();
 * const server = new HTTPSServer({ secure, select: hello => challenge.select(hello) });
 * ```
 */
export default class TLSALPNChallenge implements Challenge {
	readonly type = "tls-alpn-01";
	#shown: readonly { readonly name: string; readonly context: TLSContext }[] = [];

	show({ name, keyAuthorization }: Proof): void {
		const key = SigningKey.make();
		const cert = key.makeProof(name, sha256(ArrayBuffer.fromString(keyAuthorization)));
		const context = new TLSContext({ cert, key: key.bytes, ALPNProtocols: [protocol] });
		this.#shown = [...this.#shown, { name, context }];
	}

	withdraw({ name }: Proof): void {
		this.#shown = this.#shown.filter(each => each.name !== name);
	}

	/**
	 * The context for the CA, in a listener's `select`; `undefined` for everybody else.
	 * @throws {Error} somebody asks for a proof that there is not: the connection is refused
	 */
	select({ ALPNProtocols, servername }: ClientHello): TLSContext | undefined {
		if (!ALPNProtocols.includes(protocol)) return undefined;
		const found = this.#shown.find(({ name }) => name === servername);
		if (found === undefined) throw new Error(`No proof for ${servername}`);
		return found.context;
	}
}

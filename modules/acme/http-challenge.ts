import type { Challenge, Proof } from "./challenge";

/** Where the CA asks (RFC 8555 §8.3). */
const path = "/.well-known/acme-challenge";

/** A request of httpsd, as far as it is needed here. */
interface Request {
	readonly params: Readonly<Record<string, string | undefined>>;
}

/** A response of httpsd. */
interface Response {
	status(code: number): Response;
	type(type: string): Response;
	send(content?: string): unknown;
}

/**
 * The challenge http-01: the CA asks for a file on port 80, over plain HTTP.
 *
 * ```ts
 * const challenge = new HTTPChallenge();
 * const server = new HTTPSServer({ secure, plainPort: 80, redirect: { exempt: [challenge.path] } });
 * server.get(challenge.route, challenge.answer);
 * ```
 */
export default class HTTPChallenge implements Challenge {
	readonly type = "http-01";
	/** The path that is not redirected to HTTPS. */
	readonly path: string = path;
	readonly route: string = `${path}/:token`;
	#proofs: readonly Proof[] = [];

	show(proof: Proof): void {
		this.#proofs = [...this.#proofs, proof];
	}

	withdraw(proof: Proof): void {
		this.#proofs = this.#proofs.filter(({ token }) => token !== proof.token);
	}

	/** Answers a request: the handler of `route`. */
	readonly answer = (request: Request, response: Response): void => {
		const found = this.#proofs.find(({ token }) => token === request.params.token);
		if (found === undefined) response.status(404).send();
		else response.type("application/octet-stream").send(found.keyAuthorization);
	};
}

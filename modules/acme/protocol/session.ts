import { estimateJson } from "text/json-memory";
import ACMEError, { invalidAnswer } from "../error";
import { type AccountKey, signRequest } from "../jose/jws";
import { limits } from "../limits";
import { toURL } from "./json";
import { isNonce } from "./names";
import { toProblem } from "./problem";
import type { Answer, Steps } from "./steps";

/** What is wanted of an answer. */
interface Wanted {
	/** Media type that is asked for. */
	readonly accept?: string;
	/** Bytes of content that it may have. */
	readonly most: number;
	readonly isChain?: boolean;
}

/** Of a chain (RFC 8555 §7.4.2), and of anything else. */
const chain: Wanted = Object.freeze({
	accept: "application/pem-certificate-chain",
	most: limits.maxChain,
	isChain: true
});
const object: Wanted = Object.freeze({ most: limits.maxAnswer });

/** How often there is at most what a request says, while it is signed. */
const requestCopies = 6;

/** What an answer takes that is read, where it is longer than usual. */
function* roomFor({ content }: Answer): Steps<void> {
	const values = estimateJson(content, limits.maxValues);
	// It is not read at all.
	if (values > limits.maxValues) return;
	if (content.byteLength > limits.usualAnswer || values > limits.usualValues)
		yield { type: "room", bytes: 2 * content.byteLength, slots: values };
}

/** Signed requests to a CA, each with a nonce of its own (RFC 8555 §6). */
export default class Session {
	readonly key: AccountKey;
	/** URL of the account; `undefined` while the CA does not know the key. */
	account: string | undefined;
	/** Where nonces come from, once the directory has been read. */
	newNonce = "";
	#nonce: string | undefined;

	constructor(key: AccountKey, account: string | undefined) {
		this.key = key;
		this.account = account;
	}

	/** @throws {ACMEError} what the CA says when its status is not 2xx */
	*get(url: string): Steps<Answer> {
		const answer = (yield { type: "request", method: "GET", url, most: limits.maxAnswer }) as Answer;
		yield* roomFor(answer);
		if (answer.status !== 200) throw toProblem(answer);
		return answer;
	}

	/**
	 * @param payload what is sent as JSON; `undefined` for POST-as-GET
	 * @throws {ACMEError} what the CA says when its status is not 2xx
	 */
	*post(url: string, payload: object | undefined, wanted: Wanted = object): Steps<Answer> {
		const text = payload === undefined ? "" : JSON.stringify(payload);
		for (let tries = 0; ; tries++) {
			const nonce = yield* this.takeNonce();
			const length = url.length + nonce.length + text.length + (this.account?.length ?? 0);
			if (length > limits.usualRequest) yield { type: "room", bytes: requestCopies * length, slots: 0 };
			// Nobody holds it here while it is answered.
			const answer = (yield {
				type: "request",
				method: "POST",
				url,
				content: ArrayBuffer.fromString(signRequest(this.key, url, nonce, text, this.account)),
				...wanted
			}) as Answer;
			this.keepNonce(answer);
			yield* roomFor(answer);
			if (answer.status >= 200 && answer.status < 300) return answer;
			const error = toProblem(answer);
			// The answer has a nonce that is good, or else a new one is asked for.
			if (error.problem !== "badNonce" || tries >= limits.maxBadNonces) throw error;
		}
	}

	/**
	 * A POST after which the CA has another state. Where the connection was lost behind it, it is sent anew, and a CA that has
	 * had it already refuses it then: so what it says is not judged before that state has been looked at.
	 * @returns what it says when it refuses
	 */
	*begin(url: string, payload: object): Steps<ACMEError | undefined> {
		try {
			yield* this.post(url, payload);
			return undefined;
		} catch (error) {
			if (error instanceof ACMEError && error.code === "REFUSED") return error;
			throw error;
		}
	}

	/** The certificates of a chain, DER. */
	*download(url: string): Steps<Uint8Array[]> {
		const { certificates } = yield* this.post(url, undefined, chain);
		if (certificates === undefined) throw invalidAnswer("no chain");
		return certificates;
	}

	/** The URL of what a POST has made. @throws {ACMEError} there is none */
	locationOf({ location }: Answer): string {
		const url = toURL(location);
		if (url === undefined) throw invalidAnswer("no Location");
		return url;
	}

	/** @internal */
	*takeNonce(): Steps<string> {
		if (this.#nonce === undefined) {
			// Not by HEAD: the SDK's client waits for what would be the content of a GET's answer.
			const answer = (yield { type: "request", method: "GET", url: this.newNonce, most: 0 }) as Answer;
			if (answer.status !== 200 && answer.status !== 204) throw toProblem(answer);
			this.keepNonce(answer);
		}
		const nonce = this.#nonce;
		if (nonce === undefined) throw invalidAnswer("no Replay-Nonce");
		this.#nonce = undefined;
		return nonce;
	}

	private keepNonce({ nonce }: Answer): void {
		this.#nonce = nonce !== undefined && isNonce(nonce) ? nonce : undefined;
	}
}

// What a generator's objects inherit from stays in flash.
Object.freeze(roomFor.prototype);
Object.freeze(Session.prototype.get.prototype);
Object.freeze(Session.prototype.post.prototype);
Object.freeze(Session.prototype.begin.prototype);
Object.freeze(Session.prototype.takeNonce.prototype);
Object.freeze(Session.prototype.download.prototype);

// What the protocol wants done next. It does nothing of it itself: who drives it hands it each result.

import type { Challenge, Proof } from "../challenge";

/** A request to the CA. Its result is an {@link Answer}. */
export interface RequestStep {
	readonly type: "request";
	readonly method: "GET" | "POST";
	readonly url: string;
	/** Content of a POST. */
	readonly content?: ArrayBuffer;
	/** Media type that is asked for. */
	readonly accept?: string;
	/** Bytes of content that the answer may have. */
	readonly most: number;
	/** What comes with status 200 is a chain in PEM, of which the certificates are kept, and not the text. */
	readonly isChain?: boolean;
}

/** Time that is to pass. */
export interface WaitStep {
	readonly type: "wait";
	readonly milliseconds: number;
}

/** A proof that is to be shown, or not shown any more. */
export interface ProofStep {
	readonly type: "show" | "withdraw";
	readonly challenge: Challenge;
	readonly proof: Proof;
}

/** What is done next takes so many bytes of XS's chunks for as long as it is done; or, with slots, of both, which it may keep. */
export interface RoomStep {
	readonly type: "room";
	readonly bytes: number;
	readonly slots?: number;
}

/** The URL of the account, to be kept. */
export interface AccountStep {
	readonly type: "account";
	readonly url: string | undefined;
}

export type Step = RequestStep | WaitStep | RoomStep | ProofStep | AccountStep;

export interface Answer {
	readonly status: number;
	/** Values of fields; `undefined` for one that is not there. */
	readonly location: string | undefined;
	readonly nonce: string | undefined;
	/** Milliseconds of Retry-After. */
	readonly retryAfter: number | undefined;
	/** Taken out once it is read: it may be long. */
	content: ArrayBuffer;
	/** Of a chain: DER, leaf first. */
	readonly certificates?: Uint8Array[];
}

/** What is written before the CA is asked. */
export interface Beginning {
	begin?(): void;
	/** Bytes of XS's chunks that it takes. */
	readonly roomToBegin?: number;
}

/** What leads to a result by steps. The value of each `yield` is an {@link Answer} for a request, else nothing. */
export type Steps<Result> = Generator<Step, Result, Answer | undefined>;

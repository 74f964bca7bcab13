// A CA of which a test says what it answers: it drives the protocol's steps without any I/O.

import "../tls/natives";
import type { Challenge } from "acme/challenge";
import type { AccountKey } from "acme/jose/jws";
import type { Answer, Step, Steps } from "acme/protocol/steps";

export const base = "https://ca.example";
export const directory = `${base}/dir`;

export const key: AccountKey = { x: new Uint8Array(32), y: new Uint8Array(32), sign: () => new ArrayBuffer(64) };

export interface Sent {
	readonly url: string;
	/** Of a POST: what was signed. */
	readonly head?: Record<string, unknown>;
	readonly payload?: unknown;
}

/** An answer, of which the nonce is made up unless it is given. */
export interface Said {
	status?: number;
	location?: string;
	nonce?: string | undefined;
	retryAfter?: number;
	json?: unknown;
	text?: string;
	certificates?: Uint8Array[];
}

export type Script = (sent: Sent, count: number) => Said | undefined;

const decode = (text: string) => Buffer.from(text, "base64url").toString();

/** What a CA answers that has all that an order needs. `more` comes before it. */
export function answering(more: Script = () => undefined): Script {
	return (sent, count) => {
		const special = more(sent, count);
		if (special !== undefined) return special;
		const names = ["newNonce", "newAccount", "newOrder", "revokeCert"];
		const order = { authorizations: [`${base}/authz/1`], finalize: `${base}/finalize/1` };
		const answers: Record<string, Said> = {
			dir: { nonce: undefined, json: Object.fromEntries(names.map(name => [name, `${base}/${name}`])) },
			newNonce: { status: 204 },
			newAccount: { status: 201, location: `${base}/account/1`, json: {} },
			newOrder: { status: 201, location: `${base}/order/1`, json: { status: "pending", ...order } },
			"authz/1": {
				json: {
					status: count < 2 ? "pending" : "valid",
					identifier: { type: "dns", value: "lamp.example" },
					challenges: ["http-01", "dns-01"].map(type => ({ type, url: `${base}/challenge/${type}`, token: "t0ken" }))
				}
			},
			"challenge/http-01": { json: {} },
			"order/1": {
				json: { status: count < 2 ? "ready" : "valid", ...order, certificate: `${base}/certificate/1` }
			},
			"finalize/1": { json: { status: "processing", ...order } },
			"certificate/1": { certificates: [Uint8Array.of(7)] },
			revokeCert: { json: {} }
		};
		return answers[sent.url.slice(base.length + 1)] ?? { status: 404 };
	};
}

let nonces = 0;

function toAnswer({ status = 200, location, retryAfter, json, text, certificates, ...said }: Said): Answer {
	const content = ArrayBuffer.fromString(text ?? (json === undefined ? "" : JSON.stringify(json)));
	const nonce = "nonce" in said ? said.nonce : `nonce-${++nonces}`;
	const answer = { status, location, retryAfter, nonce, content };
	return certificates === undefined ? answer : { ...answer, certificates };
}

function toSent({ url, content }: Step & { type: "request" }): Sent {
	if (content === undefined) return { url };
	const { protected: head, payload } = JSON.parse(String.fromArrayBuffer(content));
	const text = decode(payload);
	return { url, head: JSON.parse(decode(head)), payload: text === "" ? "" : JSON.parse(text) };
}

/** What a run has done, in order: `POST /newOrder`, `wait 3000`, `show http-01 t0ken`, `account …`. */
export interface Driven<Result> {
	readonly log: string[];
	readonly sent: Sent[];
	readonly result: Result;
}

/** Drives steps to their end. Throws what they throw, with the log as `log`. */
export function drive<Result>(steps: Steps<Result>, script: Script): Driven<Result> {
	const log: string[] = [];
	const sent: Sent[] = [];
	const counts = new Map<string, number>();
	const act = (step: Step): Answer | undefined => {
		if (step.type === "wait") log.push(`wait ${step.milliseconds}`);
		else if (step.type === "account") log.push(`account ${step.url}`);
		else if (step.type !== "request" && step.type !== "room")
			log.push(`${step.type} ${step.challenge.type} ${step.proof.token}`);
		if (step.type !== "request") return undefined;
		const asked = toSent(step);
		const count = (counts.get(asked.url) ?? 0) + 1;
		counts.set(asked.url, count);
		log.push(`${step.method} ${asked.url.slice(base.length)}`);
		sent.push(asked);
		return toAnswer(script(asked, count) ?? {});
	};
	try {
		let next = steps.next();
		while (!next.done) next = steps.next(act(next.value));
		return { log, sent, result: next.value };
	} catch (error) {
		throw Object.assign(error as Error, { log });
	}
}

export const httpChallenge: Challenge = { type: "http-01", show: () => {}, withdraw: () => {} };

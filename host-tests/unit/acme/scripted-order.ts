// An order at a scripted CA.

import { type OrderTerms, obtain } from "acme/protocol/order";
import Session from "acme/protocol/session";
import { answering, directory, drive, httpChallenge, key, type Script } from "./scripted-ca";

const csr = Uint8Array.of(1, 2, 3).buffer;

export function order(script: Script = answering(), terms: Partial<OrderTerms> = {}, account?: string) {
	const all = { directory, names: ["lamp.example"], challenges: [httpChallenge], makeRequest: () => csr, ...terms };
	return drive(obtain(new Session(key, account), all), script);
}

/** The error, with what was done before. */
export function failure(script: Script, terms: Partial<OrderTerms> = {}) {
	try {
		order(script, terms);
	} catch (error) {
		return error as Error & { code: string; problem?: string; retryAfter?: number; log: string[] };
	}
	throw new Error("The order has not failed");
}

export const problem = (type: string, status = 400, more: object = {}) => ({
	status,
	json: { type: `urn:ietf:params:acme:error:${type}`, detail: "No\n\u009bmore", ...more }
});

import type { Socket } from "../../io";
import type TLSError from "../error";
import type { Applicant, Turn } from "./admission";
import Pump from "./pump";
import type { PumpEvents } from "./pump-events";

/** Who takes a candidate through its handshake. */
export interface CandidateHost {
	/** The first byte is here. */
	arrived(candidate: Candidate): void;
	/** More bytes are here, and it has begun. */
	heard(candidate: Candidate): void;
	/** The ClientHello is here; more bytes may say so again while it waits. */
	selecting(candidate: Candidate): void;
	established(candidate: Candidate): void;
	ended(candidate: Candidate, error: TLSError | undefined): void;
}

/** A connection that a listener has accepted and that is not established yet. */
export default class Candidate implements PumpEvents, Applicant {
	readonly pump: Pump;
	readonly remoteAddress: string | undefined;
	turn: Turn = "none";
	isReserved = false;
	reads = 0;
	stallsAt = 0;
	/** Ticks at which the peer will have been waited for too long; `undefined` while it is not waited for. */
	deadline: number | undefined;
	/** Why it was given no identity. */
	refusal: unknown;
	readonly #host: CandidateHost;
	#since = 0;

	constructor(tcp: Socket, host: CandidateHost) {
		this.#host = host;
		this.pump = new Pump(tcp, this);
		this.remoteAddress = this.pump.remoteAddress;
	}

	/** From now on the peer is waited for, at most `milliseconds`. */
	waitForPeer(milliseconds: number, now: number): void {
		this.#since = now;
		this.deadline = now + milliseconds;
	}

	stopWaiting(): void {
		this.deadline = undefined;
	}

	/** Milliseconds that the peer has been waited for; `undefined` while it is not. */
	waited(now: number): number | undefined {
		return this.deadline === undefined ? undefined : (now - this.#since) | 0;
	}

	arrived(): void {
		this.#host.arrived(this);
	}

	heard(): void {
		if (this.turn === "begun") this.#host.heard(this);
	}

	selecting(): void {
		this.#host.selecting(this);
	}

	established(): void {
		this.#host.established(this);
	}

	readable(): void {}

	writable(): void {}

	ended(error: TLSError | undefined): void {
		this.#host.ended(this, error);
	}
}

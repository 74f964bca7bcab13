import Time from "time";
import type { Socket } from "../../io";
import { type ClientHello, readHello } from "../client-hello";
import type TLSContext from "../context";
import { role } from "../context";
import TLSError from "../error";
import { limits } from "../limits";
import Admission from "./admission";
import Candidate, { type CandidateHost } from "./candidate";
import { decide } from "./decide";
import type Pump from "./pump";
import Session from "./session";
import Watch from "./watch";

/** What a reception needs of its listener. */
export interface ReceptionHost {
	/** Chooses otherwise by the ClientHello; `undefined` where nobody does. */
	readonly select: ((hello: ClientHello) => TLSContext | undefined | Promise<TLSContext | undefined>) | undefined;
	/** @throws {TypeError} the context cannot serve */
	check(selected: TLSContext): TLSContext;
	/** Connections wait to be received. */
	isAwaited(): boolean;
	/** There is place for them, perhaps. */
	accept(): void;
	established(pump: Pump): void;
	failed(error: TLSError, remoteAddress: string | undefined): void;
}

export interface ReceptionOptions {
	handshakeTimeout: number;
	silenceTimeout: number;
	maxHandshakes: number;
	handshakeMemory: number;
	largestBlock(): number | undefined;
}

/** Takes accepted connections through their handshakes, each as far as its peer and memory allow (rows Z2, Z3). */
export default class Reception implements CandidateHost {
	/** What connections are served with. */
	context: TLSContext;
	readonly #host: ReceptionHost;
	readonly #options: ReceptionOptions;
	readonly #candidates = new Set<Candidate>();
	readonly #admission: Admission<Candidate>;
	readonly #watch = new Watch(now => this.dropLate(now));

	constructor(options: ReceptionOptions, host: ReceptionHost, context: TLSContext) {
		this.context = context;
		this.#host = host;
		this.#options = options;
		this.#admission = new Admission<Candidate>({
			most: options.maxHandshakes,
			memory: options.handshakeMemory,
			largestBlock: options.largestBlock,
			begin: candidate => this.begin(candidate),
			fail: (candidate, error) => this.fail(candidate, error),
			makeRoom: () => this.makeRoom(candidate => candidate.turn !== "none")
		});
	}

	/** Connections that are not established yet. */
	get size(): number {
		return this.#candidates.size;
	}

	/** Takes a connection over. @throws what comes of a lack of memory */
	receive(tcp: Socket): void {
		const candidate = new Candidate(tcp, this);
		this.#candidates.add(candidate);
		try {
			this.waitForPeer(candidate, this.#options.silenceTimeout);
		} catch (error) {
			this.fail(candidate, error);
		}
	}

	/** Drops all of them and tells nobody. */
	close(): void {
		for (const { pump } of this.#candidates) pump.abort();
		this.#candidates.clear();
		this.#admission.clear();
		this.#watch.stop();
	}

	/** The longest time, ms, that a peer has been waited for; `undefined` while none is. */
	get longestWait(): number | undefined {
		const now = Time.ticks;
		let longest: number | undefined;
		for (const candidate of this.#candidates) {
			const waited = candidate.waited(now);
			if (waited !== undefined && waited >= (longest ?? 0)) longest = waited;
		}
		return longest;
	}

	/** Drops the oldest connection of this kind that keeps us waiting; `false` when there is none. */
	makeRoom(isEnough: (candidate: Candidate) => boolean): boolean {
		const now = Time.ticks;
		for (const candidate of this.#candidates) {
			if ((candidate.waited(now) ?? 0) < limits.patience || !isEnough(candidate)) continue;
			candidate.pump.abort();
			this.ended(candidate, new TLSError("BUSY"));
			return true;
		}
		return false;
	}

	/** Drops whom it was waited for too long; returns the milliseconds until it may be the next one's turn. */
	private dropLate(now: number): number | undefined {
		let least: number | undefined;
		for (const candidate of [...this.#candidates]) {
			if (candidate.deadline === undefined) continue;
			const left = (candidate.deadline - now) | 0;
			if (left <= 0) {
				candidate.pump.abort();
				this.ended(candidate, new TLSError("TIMEOUT"));
			} else if (least === undefined || left < least) least = left;
		}
		return least;
	}

	private waitForPeer(candidate: Candidate, milliseconds: number): void {
		const now = Time.ticks;
		this.#watch.within(milliseconds, now);
		candidate.waitForPeer(milliseconds, now);
	}

	/** What a step failed of, which is for want of memory, costs this candidate alone. */
	private fail(candidate: Candidate, cause: unknown): void {
		candidate.pump.abort();
		this.ended(candidate, noMemory(cause));
	}

	/** @internal A session collects the ClientHello, which costs next to no memory. */
	arrived(candidate: Candidate): void {
		let session: Session;
		try {
			this.waitForPeer(candidate, this.#options.handshakeTimeout);
			session = new Session(this.context.native, role.server);
		} catch (error) {
			this.fail(candidate, error);
			return;
		}
		session.askIdentity();
		candidate.pump.start(session);
	}

	/** @internal */
	heard(candidate: Candidate): void {
		this.#admission.heard(candidate);
	}

	/** @internal */
	selecting(candidate: Candidate): void {
		if (candidate.turn !== "none") return;
		candidate.stopWaiting();
		this.#admission.ask(candidate);
	}

	private begin(candidate: Candidate): void {
		try {
			this.waitForPeer(candidate, this.#options.handshakeTimeout);
		} catch (error) {
			this.fail(candidate, error);
			return;
		}
		if (this.#host.select === undefined) this.use(candidate, this.context);
		else this.select(candidate);
	}

	private select(candidate: Candidate): void {
		const host = this.#host;
		decide(
			() => host.select?.(readHello(candidate.pump.session as Session)),
			selected => (selected === undefined ? this.context : host.check(selected)),
			context => this.use(candidate, context),
			refusal => {
				candidate.refusal = refusal;
				this.use(candidate, undefined);
			}
		);
	}

	private use(candidate: Candidate, context: TLSContext | undefined): void {
		candidate.pump.use(context?.native);
		this.#admission.hasAllocated(candidate);
		if (this.#admission.isAwaited) this.goOnLater();
	}

	/** Takes the candidate off the books; what waited for its place goes on. */
	private release(candidate: Candidate): void {
		if (!this.#candidates.delete(candidate)) return;
		candidate.stopWaiting();
		this.#admission.leave(candidate);
		if (this.#admission.isAwaited || this.#host.isAwaited()) this.goOnLater();
	}

	/** Not from within: the next handshake might fail at once, and the one after that, each deeper on the stack. */
	goOnLater(): void {
		Promise.resolve().then(() => {
			this.#admission.next();
			this.#host.accept();
		});
	}

	/** @internal */
	established(candidate: Candidate): void {
		this.release(candidate);
		this.#host.established(candidate.pump);
	}

	/** @internal */
	ended(candidate: Candidate, error: TLSError | undefined): void {
		this.release(candidate);
		const { refusal, remoteAddress } = candidate;
		if (error !== undefined && refusal !== undefined) Object.defineProperty(error, "cause", { value: refusal });
		this.#host.failed(error ?? new TLSError("TRUNCATED"), remoteAddress);
	}
}

/** The error of who could not be served for want of memory. */
export function noMemory(cause: unknown): TLSError {
	return Object.defineProperty(new TLSError("MEMORY"), "cause", { value: cause });
}

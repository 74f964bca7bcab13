import TLSContext, { type TLSContextOptions } from "tls/context";
import ACMEError from "../error";
import type { AccountKey } from "../jose/jws";
import Session from "../protocol/session";
import type { Steps } from "../protocol/steps";
import type { HTTPOptions } from "./http-client";
import Requester from "./requester";
import Run, { type Memory } from "./run";

interface CallerOptions {
	readonly http: HTTPOptions;
	readonly secure: TLSContextOptions;
	readonly memory?: Memory;
	readonly now: () => number;
}

/** As whom the CA is asked. */
export interface Account {
	readonly key: AccountKey;
	readonly url: string | undefined;
	/** Bytes of XS's chunks that keeping it takes. */
	readonly room: number;
	/** The CA has an account for the key, or, for `undefined`, not any more. */
	onChange(url: string | undefined): void;
}

const toACMEError = (error: unknown): ACMEError => {
	if (error instanceof ACMEError) return error;
	return new ACMEError("INTERNAL", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
};

interface Running {
	close(): void;
	hasRoom(bytes: number): boolean;
}

/** Asks the CA for one thing at a time, each over a connection of its own. */
export default class Caller {
	readonly #options: CallerOptions;
	#run: Running | undefined;
	/** Whose result is looked at. */
	#ended: Running | undefined;

	constructor(options: CallerOptions) {
		this.#options = options;
	}

	/** Whether the CA is being asked. */
	get isBusy(): boolean {
		return this.#run !== undefined;
	}

	/** Whether XS has so many bytes of chunks, for what is stored while the CA is asked, or what came of that is looked at. */
	hasRoom(bytes: number): boolean {
		return (this.#ended ?? this.#run)?.hasRoom(bytes) ?? this.#options.memory === undefined;
	}

	/** @param done is called once, later, unless `close()` comes before */
	call<Result>(
		{ key, url, room, onChange }: Account,
		makeSteps: (session: Session) => Steps<Result>,
		done: (result: Result | undefined, error?: ACMEError) => void
	): void {
		const { http, secure, memory, now } = this.#options;
		let run: Running;
		const end = (result: Result | undefined, error?: unknown) => {
			// It was closed since.
			if (this.#run !== run) return;
			this.#run = undefined;
			this.#ended = run;
			try {
				done(result, error === undefined ? undefined : toACMEError(error));
			} finally {
				this.#ended = undefined;
			}
		};
		try {
			const context = new TLSContext({ ALPNProtocols: ["http/1.1"], ...secure });
			const requester = new Requester(http, context, now);
			const steps = makeSteps(new Session(key, url));
			run = new Run(steps, { requester, memory, accountRoom: room, onAccount: onChange }, end);
		} catch (error) {
			run = { close: () => {}, hasRoom: () => memory === undefined };
			Promise.resolve().then(() => end(undefined, error));
		}
		this.#run = run;
	}

	/** Ends what is under way. */
	close(): void {
		const run = this.#run;
		this.#run = undefined;
		run?.close();
	}
}

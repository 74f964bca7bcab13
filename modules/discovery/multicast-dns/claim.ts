import Time from "time";
import Timer from "timer";
import { limits } from "../limits";
import { inspect, isAnswer, meaning } from "./inspect";
import type Link from "./link";
import type { Sender } from "./link";
import { farewell, probe, response } from "./messages";
import { type Announced, namesOf, type OwnNames } from "./names";

export interface ClaimOptions {
	/** Without `.local`. */
	readonly host: string;
	/** The device's, dotted decimal. */
	readonly address: string;
	/** Of the services that will be announced. */
	readonly serviceTypes: readonly string[];
	readonly onReady: () => void;
	/** Another device has the name, now or since a while. */
	readonly onError: () => void;
}

/** When what is of the host, and all, was last sent to everybody. */
type Kind = "host" | "services";

/**
 * One name on the network, with its services (RFC 6762): asked for, held, defended, lost.
 *
 * Nothing that others send makes it hold more memory, or send more than an answer a second to all, four where the name is wanted by another, and some to single ones.
 */
export default class Claim {
	readonly host: string;
	readonly #link: Link;
	readonly #options: ClaimOptions;
	readonly #services: (Announced | undefined)[];
	#own: OwnNames;
	#state: "probing" | "held" | "ended" = "probing";
	#isNew = true;
	#probes = 0;
	#defeats = 0;
	#doubted: number | undefined;
	/** Of probes and announcements. */
	#timer: Timer | undefined;
	#announcements = 0;
	/** Of an answer to all, and what is in it. */
	#answer: Timer | undefined;
	#wanted: Kind = "host";
	#isDefence = false;
	readonly #sent: Record<Kind, number | undefined> = { host: undefined, services: undefined };

	constructor(link: Link, options: ClaimOptions) {
		this.#link = link;
		this.#options = options;
		this.host = options.host.toLowerCase();
		this.#services = options.serviceTypes.map(() => undefined);
		this.#own = this.makeNames();
		this.probeAfter(Math.floor(Math.random() * limits.beforeProbe));
	}

	get isHeld(): boolean {
		return this.#state === "held";
	}

	/** @returns what takes it back @throws {Error} the type is not one of the claim's */
	announce(service: Announced): () => void {
		const index = this.#options.serviceTypes.indexOf(service.serviceType);
		if (index < 0) throw new Error(`The claim was not for ${service.serviceType}`);
		this.#services[index] = service;
		this.#own = this.makeNames();
		this.#announcements = 0;
		if (this.isHeld) this.schedule(() => this.announceAll(), 0);
		return () => {
			if (this.#services[index] !== service) return;
			this.#services[index] = undefined;
			if (this.isHeld) this.#link.send(farewell(this.#own, service, index));
			this.#own = this.makeNames();
		};
	}

	/** What a message says. */
	receive(message: Uint8Array, sender: Sender): void {
		if (this.#state === "ended") return;
		// Who speaks multicast DNS does so from its port (RFC 6762 §6); from others come questions alone.
		const isOnPort = sender.port === this.#link.port;
		if (!isOnPort && isAnswer(message)) return;
		const found = inspect(message, this.#own);
		if ((found & meaning.conflict) !== 0) this.object();
		else if (this.#state === "held") this.reply(found, message, sender);
		else if ((found & meaning.defeat) !== 0 && isOnPort) this.stepBack();
	}

	/** Gives the name up, and says so. */
	close(): void {
		const { isHeld } = this;
		this.end();
		if (isHeld) this.#link.send(response(this.#own, this.#services, "goodbye"));
	}

	private makeNames(): OwnNames {
		const { address, serviceTypes } = this.#options;
		const services = serviceTypes.map((serviceType, index) => ({
			serviceType,
			port: this.#services[index]?.port ?? 0
		}));
		return namesOf(this.host, address, services);
	}

	private end(): void {
		this.#state = "ended";
		this.schedule(undefined);
		if (this.#answer !== undefined) Timer.clear(this.#answer);
		this.#answer = undefined;
	}

	private schedule(act: (() => void) | undefined, wait = 0): void {
		if (this.#timer !== undefined) Timer.clear(this.#timer);
		this.#timer = act && Timer.set(act, wait);
	}

	private probeAfter(wait: number): void {
		this.#state = "probing";
		this.#probes = 0;
		this.schedule(() => this.probe(), wait);
	}

	private probe(): void {
		this.#timer = undefined;
		if (this.#probes === limits.probes) this.hold();
		else if (this.#link.send(probe(this.#own))) {
			this.#probes++;
			this.schedule(() => this.probe(), limits.betweenProbes);
		} else this.probeAfter(limits.defeat);
	}

	private hold(): void {
		this.#state = "held";
		this.#defeats = 0;
		this.#announcements = 0;
		const { onReady } = this.#options;
		const isNew = this.#isNew;
		this.#isNew = false;
		if (isNew) onReady();
		if (this.isHeld) this.schedule(() => this.announceAll(), 0);
	}

	/** Twice, a second apart (RFC 6762 §8.3). */
	private announceAll(): void {
		this.#timer = undefined;
		this.sendToAll("services");
		this.#announcements++;
		if (this.#announcements < 2) this.schedule(() => this.announceAll(), limits.announce);
	}

	/** Another device says that the name is its own. Whether it stands by that is asked once, for what was said may be old. */
	private object(): void {
		if (this.#state === "probing") {
			this.end();
			this.#options.onError();
			return;
		}
		const { ticks } = Time;
		if (this.#doubted !== undefined && (ticks - this.#doubted) >>> 0 < limits.doubt) return;
		this.#doubted = ticks;
		this.probeAfter(0);
	}

	/** Another device wants the name at the same time, and goes before: if it takes it, it will object to the next probe. */
	private stepBack(): void {
		this.#defeats++;
		if (this.#defeats > limits.maxDefeats) this.object();
		else this.probeAfter(limits.defeat);
	}

	private reply(found: number, message: Uint8Array, sender: Sender): void {
		if ((found & (meaning.host | meaning.services)) === 0) return;
		const kind: Kind = (found & meaning.services) !== 0 ? "services" : "host";
		const services = kind === "services" ? this.#services : [];
		if (sender.port !== this.#link.port) {
			if (message.length <= limits.maxLegacy)
				this.#link.sendTo(sender, () => response(this.#own, services, "legacy", message));
			return;
		}
		// What all have not heard for a while is said to all (RFC 6762 §5.4). So it is to one who wants the name: where two programs
		// share the port, what is sent to one may reach the other.
		const isFresh = this.passedSince(kind) < limits.fresh;
		const isForOne = (found & meaning.unicast) !== 0;
		if (isForOne && isFresh) this.#link.sendTo(sender, () => response(this.#own, services, "all"));
		const isWanted = (found & meaning.proposal) !== 0;
		if (!isForOne || !isFresh || isWanted) this.replyToAll(kind, isWanted ? limits.defend : limits.repeat);
	}

	/** Milliseconds since all were told. */
	private passedSince(kind: Kind): number {
		const sent = this.#sent[kind];
		return sent === undefined ? limits.fresh : (Time.ticks - sent) >>> 0;
	}

	/**
	 * Questions that come meanwhile are answered with it.
	 * @param repeat milliseconds between such answers
	 */
	private replyToAll(kind: Kind, repeat: number): void {
		if (kind === "services") this.#wanted = kind;
		if (this.#answer !== undefined) {
			if (repeat === limits.repeat || this.#isDefence) return;
			Timer.clear(this.#answer);
		}
		this.#isDefence = repeat !== limits.repeat;
		const spread = limits.answerWithin - limits.answerAfter;
		// Who else would answer for the host? For services there may be many, who shall not do so at once.
		const wait = kind === "host" ? 0 : limits.answerAfter + Math.floor(Math.random() * spread);
		this.#answer = Timer.set(
			() => {
				this.#answer = undefined;
				const wanted = this.#wanted;
				this.#wanted = "host";
				if (this.isHeld) this.sendToAll(wanted);
			},
			Math.max(wait, repeat - this.passedSince(kind))
		);
	}

	private sendToAll(kind: Kind): void {
		this.#sent.host = Time.ticks;
		if (kind === "services") this.#sent.services = Time.ticks;
		this.#link.send(response(this.#own, kind === "services" ? this.#services : [], "all"));
	}
}

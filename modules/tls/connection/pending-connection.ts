import type { Socket } from "../../io";
import type TLSContext from "../context";
import type TLSError from "../error";
import type { SlotHolder, SlotState } from "./admission";
import Pump from "./pump";
import type { PumpEvents } from "./pump-events";

/** What takes pending connections through their handshakes. */
export interface PendingConnectionOwner {
	onFirstBytes(connection: PendingConnection): void;
	/** More bytes have come, and the connection holds a handshake slot. */
	onHandshakeBytes(connection: PendingConnection): void;
	/** The ClientHello is complete. Called again when more bytes come before a context is selected. */
	onClientHello(connection: PendingConnection): void;
	onEstablished(connection: PendingConnection): void;
	onEnd(connection: PendingConnection, error: TLSError | undefined): void;
}

/** A connection that a listener has accepted and that is not established yet. */
export default class PendingConnection implements PumpEvents, SlotHolder {
	readonly pump: Pump;
	readonly remoteAddress: string | undefined;
	slot: SlotState = "none";
	reserved = 0;
	reads = 0;
	stallsAt = 0;
	/** Ticks by which the peer has to answer; `undefined` while it is not its turn. */
	deadline: number | undefined;
	/** The listener's `select` has been asked. */
	hasAsked = false;
	/** It has not answered yet. */
	isSelecting = false;
	/** What it chose; `undefined`: the listener's own. */
	context: TLSContext | undefined;
	/** What it threw or rejected with. */
	refusal: unknown;
	readonly #owner: PendingConnectionOwner;
	/** Ticks when the server began to wait for its answer, or it for the server. */
	#since = 0;

	constructor(tcp: Socket, owner: PendingConnectionOwner) {
		this.#owner = owner;
		this.pump = new Pump(tcp, this);
		this.remoteAddress = this.pump.remoteAddress;
	}

	/** It is the peer's turn, for at most `milliseconds`. */
	waitForPeer(milliseconds: number, now: number): void {
		this.#since = now;
		this.deadline = now + milliseconds;
	}

	stopWaiting(): void {
		this.deadline = undefined;
	}

	/** It waits for its slot. */
	waitForSlot(now: number): void {
		this.#since = now;
		this.deadline = undefined;
	}

	/** For how many milliseconds it has waited for its slot; `undefined` when it does not. */
	delayed(now: number): number | undefined {
		return this.slot === "waiting" ? (now - this.#since) | 0 : undefined;
	}

	/** For how many milliseconds the server has waited for the peer; `undefined` while it does not. */
	waited(now: number): number | undefined {
		return this.deadline === undefined ? undefined : (now - this.#since) | 0;
	}

	onFirstBytes(): void {
		this.#owner.onFirstBytes(this);
	}

	onHandshakeBytes(): void {
		if (this.slot === "held") this.#owner.onHandshakeBytes(this);
	}

	onClientHello(): void {
		this.#owner.onClientHello(this);
	}

	onEstablished(): void {
		this.#owner.onEstablished(this);
	}

	onReadable(): void {}

	onWritable(): void {}

	onEnd(error: TLSError | undefined): void {
		this.#owner.onEnd(this, error);
	}
}

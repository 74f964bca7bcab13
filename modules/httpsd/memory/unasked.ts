// All that connections take of XS's block without asking, by which connections are accepted, handlers called and memory is granted. What
// takes more asks.

import { ciphertext, closingCosts, handlerCost, idleCosts } from "./costs";

/** Bytes of XS's block. */
export interface Room {
	/** XS's slots, which may never be chunks again. */
	readonly slots: number;
	readonly chunks: number;
}

/** Those who take it. */
export interface Takers {
	/** Connections that are open, or have been through their handshake. */
	readonly open: number;
	/** Of their handlers those that are under way, whose room is taken, and those that wait for it. */
	readonly handling: number;
	/** Connections that may come beside them. */
	readonly more: number;
	/** Handshakes that are under way or may begin. */
	readonly handshakes: number;
	/** Connections that TLS closes: what they take is taken. */
	readonly closing: number;
	/** Whether connections may be of TLS, which closes them later, and sends. */
	readonly areSecure: boolean;
	/** Of those that are open or may come, how many may be. */
	readonly secure: number;
	/** Bytes of `memory` that they have of their own and have not taken. */
	readonly shares: number;
	/** Bytes of it for the head that is parsed. */
	readonly head: number;
	/** What the application may take beside requests. */
	readonly kept: Room;
}

/**
 * What they take beside shares and heads: as slots, and as chunks. Of a share a place has objects or texts at one time and others at another, so
 * as slots it counts where it is more than a handler, which a request without content has.
 */
const ofConnections = ({
	open,
	handling,
	more,
	handshakes,
	closing,
	areSecure,
	secure,
	shares,
	kept
}: Takers): Room => {
	const handlers = handlerCost * Math.max(0, open + more - handling);
	const others = Math.max(0, closingCosts.most - closing);
	const ofTLS = areSecure ? closingCosts.each * others + idleCosts.handshake * handshakes : 0;
	return {
		slots: idleCosts.connection * more + Math.max(handlers, shares) + kept.slots + ofTLS,
		chunks: shares + kept.chunks + (areSecure ? ciphertext.read * (secure + handshakes) + ciphertext.sent : 0)
	};
};

/** What must be there for them, before another connection is accepted or a handler called. */
export const unasked = (takers: Takers): Room => {
	const { slots, chunks } = ofConnections(takers);
	return { slots: slots + takers.head, chunks: chunks + takers.head };
};

/** The same with what the application wants beside requests. */
export const besideHeld = (takers: Takers, bytes: number, objects: number): Room => {
	const { slots, chunks } = ofConnections(takers);
	return { slots: slots + objects, chunks: chunks + bytes };
};

/** The same with content of so many bytes, which is chunks and is given back: slots have them then. */
export const besideContent = (takers: Takers, bytes: number): Room => besideHeld(takers, bytes, 0);

/** The same with the objects of a request with content, and of its handler. XS keeps what slots have taken, so they leave room for content. */
export const besideObjects = (takers: Takers, bytes: number, content: number): Room => {
	const { slots, chunks } = unasked({ ...takers, handling: takers.handling + 1 });
	const pieces = chunks - takers.shares - takers.kept.chunks - takers.head;
	return { slots: slots + bytes, chunks: content > pieces ? chunks - pieces + content : chunks };
};

/** Whose connections have places. */
export interface Placed {
	/** Has its connections give back what they can do without. */
	relieve(): void;
	/** Handlers of its connections that are under way. */
	readonly handling: number;
}

/** A server. */
export interface Taking {
	readonly takers: Takers;
}

/** All servers that have connections, or hold something for their application. XS's block is one, whoever promises of it. */
let all: Set<Taking> | undefined;

/** It has now. */
export const beginTaking = (one: Taking): void => {
	all ??= new Set();
	all.add(one);
};

/** It has not any more. */
export const endTaking = (one: Taking): void => {
	all?.delete(one);
};

/** Whether nobody is connected, nor holds anything for another server. */
export const isAlone = (own: Taking): boolean => {
	for (const each of all ?? []) if (each !== own) return false;
	return own.takers.open === 0;
};

/** What one server's want, and besides all that those of others that are open may still take. Who closes or sends is counted once. */
export const besideOthers = ({ slots, chunks }: Room, own: Taking): Room => {
	let room = { slots, chunks };
	for (const each of all ?? []) if (each !== own) room = add(room, each.takers);
	return room;
};

const add = (room: Room, takers: Takers): Room => {
	const more = ofConnections({ ...takers, closing: closingCosts.most });
	const sent = takers.areSecure ? ciphertext.sent : 0;
	return { slots: room.slots + more.slots, chunks: room.chunks + Math.max(0, more.chunks - sent) };
};

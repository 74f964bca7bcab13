import { tlsLimits } from "platform/limits";

/**
 * Bytes of `memory` that objects take beside what they hold: of a request with content and whoever reads it, of
 * `fields()` and `parts()` beside that, of a response that is written in pieces and its handler, of an event stream, and
 * of a WebSocket. `make device-figures` shows what they take.
 */
export const fixedCosts = {
	content: 4608,
	fields: 1024,
	parts: 1536,
	pieces: 2560,
	events: 1024,
	webSocket: 1024
} as const;
Object.freeze(fixedCosts);

/** Bytes of XS's slots, beside `memory`, that an idle connection takes, and one whose handshake is under way. */
export const idleCosts = { connection: 1536, handshake: 896 } as const;
Object.freeze(idleCosts);

/** Bytes of XS's slots that a handler takes which waits, with its request and response. */
export const handlerCost = 2560;

/** The same of connections that TLS closes once TCP has taken what is left, or the peer has closed: of each, and how many of both there are. */
export const closingCosts = { each: 448, most: (2 * tlsLimits.maxClosing) as number } as const;
Object.freeze(closingCosts);

/**
 * Bytes of XS's chunks that are free when a server begins, but no more than half of `memory`: the fewer there are, the more often garbage
 * is collected. What they take slots get back.
 */
export const roomyChunks = 8192;

/** Bytes of `memory` that a pair of a query or a form takes beside its characters: an array, two texts, and what it needs while it is parsed. */
export const pairCost = 160;

/** The same of a pair of a Cookie field, which is no array. */
export const cookieCost = 96;

/** Bytes of `memory` that a line of a trailer section takes, and each of its characters: the line, then a name and a value. */
export const trailerCosts = { line: 64, byte: 2 } as const;
Object.freeze(trailerCosts);

/** Bytes of XS's chunks that have to be there before a client's certificate is read: its chain, and what is made of that. */
export const certificateRoom: number = tlsLimits.maxPeerChain + tlsLimits.maxNames;

/** Bytes of `memory`, for each of `maxKeptHead`, that are left free for a head of that length while it is parsed. */
export const headReserve = 6;

/**
 * What TLS takes of XS's chunks without asking: bytes of a piece that a connection may hold undecrypted, and of one piece that is sent. A
 * handshake takes all of a piece at once.
 */
export const ciphertext = {
	read: tlsLimits.readSize as number,
	sent: tlsLimits.writeSize as number
} as const;
Object.freeze(ciphertext);

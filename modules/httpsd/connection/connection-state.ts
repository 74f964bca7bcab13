/**
 * - `idle`: between requests · `head`: part of a head has come · `request`: a handler is at work, or another protocol
 * - `discard`: the response is complete, the rest of the body is thrown away
 * - `flush`: the last response is on its way · `linger`: it has left, input is thrown away for a while
 */
export type ConnectionState = "idle" | "head" | "request" | "discard" | "flush" | "linger" | "closed";

/** Bounds of `dashboard()`. */
export const dashboardLimits = {
	/** Milliseconds between two questions of an open page. One that asks twice as often, or more, gets no answer. */
	interval: 2_000 as number,
	/** Pages that may be open at once: each takes a connection's place, of those without end. More: 503. */
	maxViewers: 2 as number,
	/** Milliseconds between two renewals of the certificate: each makes a key and writes to flash. Earlier: refused. */
	renewPause: 10_000 as number,
	/** Bytes of XS's chunks that a renewal takes while it is made and stored. Fewer: refused. */
	renewRoom: 6_144 as number
} as const;
Object.freeze(dashboardLimits);

/** Limits of the HTTP server that memory bounds, for a desk or the simulator: memory is no concern. What each is: `Limits` of httpsd. */
export const httpLimits = {
	maxConnections: 8,
	memory: (32 * 1024 * 1024) as number,
	maxAhead: 4096,
	maxRequestLine: 2048,
	maxHeadBytes: 8192,
	maxKeptHead: 1024,
	maxBufferedBody: (64 * 1024) as number,
	maxJsonDepth: 32 as number,
	maxJsonMemory: (16 * 1024 * 1024) as number,
	readSize: (16 * 1024) as number,
	coalesce: 4096,
	highWater: 8192,
	maxMessage: (64 * 1024) as number,
	maxBacklog: (64 * 1024) as number,
	busyKeepAlive: 2_000 as number,
	busyHeadTimeout: 2_000 as number,
	busyBodyTimeout: 10_000 as number
} as const;
Object.freeze(httpLimits);

/** `placesOfBothPorts` of httpsd. */
export const bothPorts = 16 as number;

/** The same of TLS. What each is: `limits` of tls. */
export const tlsLimits = {
	maxPending: 16,
	maxClosing: 256,
	readSize: (16 * 1024) as number,
	writeSize: (16 * 1024) as number,
	tellSize: (16 * 1024) as number,
	helloNames: 64 as number,
	maxPeerChain: (18 * 1024) as number,
	maxNames: (256 * 1024) as number,
	maxParts: 4096 as number
} as const;
Object.freeze(tlsLimits);

/** Limits of the HTTP server that memory bounds, for an ESP32-C3, whose XS has 94,208 bytes. What each is: `Limits` of httpsd. */
export const httpLimits = {
	maxConnections: 4,
	memory: (18 * 1024) as number,
	maxAhead: 512,
	maxRequestLine: 1024,
	maxHeadBytes: 2048,
	maxKeptHead: 512,
	maxBufferedBody: (2 * 1024) as number,
	maxJsonDepth: 8 as number,
	maxJsonMemory: (4 * 1024) as number,
	readSize: 512,
	coalesce: 512,
	highWater: 512,
	maxMessage: (2 * 1024) as number,
	maxBacklog: (2 * 1024) as number,
	busyKeepAlive: 2_000 as number,
	busyHeadTimeout: 2_000 as number,
	busyBodyTimeout: 10_000 as number
} as const;
Object.freeze(httpLimits);

/** `placesOfBothPorts` of httpsd. */
export const bothPorts = 4 as number;

/** The same of TLS. What each is: `limits` of tls. */
export const tlsLimits = {
	maxPending: 4,
	maxClosing: 2,
	readSize: 512,
	writeSize: 2048,
	tellSize: 2048,
	helloNames: 32 as number,
	maxPeerChain: (3 * 1024) as number,
	maxNames: (3 * 1024) as number,
	maxParts: 64 as number
} as const;
Object.freeze(tlsLimits);

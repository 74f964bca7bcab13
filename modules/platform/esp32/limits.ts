/** Limits of the HTTP server that memory bounds, for an ESP32, whose XS has 131,072 bytes. What each is: `Limits` of httpsd. */
export const httpLimits = {
	maxConnections: 8,
	memory: (48 * 1024) as number,
	maxAhead: 1024,
	maxRequestLine: 2048,
	maxHeadBytes: 4096,
	maxKeptHead: 1024,
	maxBufferedBody: (8 * 1024) as number,
	maxJsonMemory: (12 * 1024) as number,
	readSize: 1024,
	coalesce: 1024,
	highWater: 2048,
	maxMessage: (8 * 1024) as number,
	maxBacklog: (8 * 1024) as number
} as const;
Object.freeze(httpLimits);

/** The same of TLS. What each is: `limits` of tls. */
export const tlsLimits = {
	maxPending: 8,
	maxClosing: 4,
	readSize: 1024,
	writeSize: 4096
} as const;
Object.freeze(tlsLimits);

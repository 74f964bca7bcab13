/** Limits of the HTTP server that memory bounds, for an ESP32, whose XS has 131,072 bytes. What each is: `Limits` of httpsd. */
export const httpLimits = Object.freeze({
	maxConnections: 8,
	memory: 48 * 1024,
	maxAhead: 1024,
	maxRequestLine: 2048,
	maxHeadBytes: 4096,
	maxKeptHead: 1024,
	maxBufferedBody: 8 * 1024,
	maxJsonMemory: 12 * 1024,
	readSize: 1024,
	coalesce: 1024,
	highWater: 2048,
	maxMessage: 8 * 1024,
	maxBacklog: 8 * 1024
} as const);

/** The same of TLS. What each is: `limits` of tls. */
export const tlsLimits = Object.freeze({
	maxPending: 8,
	maxClosing: 4,
	readSize: 1024,
	writeSize: 4096
} as const);

/**
 * Limits of the HTTP server that memory bounds, for an ESP8266, whose XS has 32,768 bytes. What each is: `Limits` of httpsd.
 * `memory` allows no content of requests: with 7 kB for it, clients made XS run out of memory (docs/device.md). There is one place, so while
 * others wait clients keep it for a shorter time.
 */
export const httpLimits = {
	maxConnections: 1,
	memory: (4 * 1024) as number,
	maxAhead: 256,
	maxRequestLine: 512,
	maxHeadBytes: 1024,
	maxKeptHead: 128,
	maxBufferedBody: 256,
	maxJsonDepth: 4 as number,
	maxJsonMemory: 2048,
	readSize: 512,
	coalesce: 512,
	highWater: 512,
	maxMessage: 512,
	maxBacklog: 1024,
	busyKeepAlive: 1_000 as number,
	busyHeadTimeout: 1_000 as number,
	busyBodyTimeout: 2_000 as number
} as const;
Object.freeze(httpLimits);

/** `placesOfBothPorts` of httpsd. */
export const bothPorts = 2 as number;

/** The same of TLS. What each is: `limits` of tls. */
export const tlsLimits = {
	maxPending: 2,
	maxClosing: 1,
	readSize: 512,
	writeSize: 1024,
	tellSize: 1024,
	helloNames: 16 as number,
	maxPeerChain: (2 * 1024) as number,
	maxNames: (2 * 1024) as number,
	maxParts: 32 as number
} as const;
Object.freeze(tlsLimits);

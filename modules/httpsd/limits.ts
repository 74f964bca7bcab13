import { bothPorts, httpLimits } from "platform/limits";

/**
 * Every bound and tunable of the HTTP server. Sizes are bytes, times are milliseconds. All of them must be whole
 * numbers of at least 1, times of at most 2,147,483,647; they may be given to `new Server()` by name.
 */
export interface Limits {
	/**
	 * Connections at once. A further one takes the place of the one idle for longest, else of one that is over
	 * `busyBodyTimeout`, else it waits unaccepted. On a device no more than XS has room for, with all that they may take without asking.
	 */
	maxConnections: number;
	/**
	 * Connections of one IPv4 address, or of 64 bits of an IPv6 address, at once. A further one takes the place of its
	 * longest idle one, else it is closed. The default holds nobody back: behind a proxy all have one address.
	 */
	maxPerAddress: number;
	/**
	 * WebSockets, event streams and other connections without end, at once, so that some are left for pages. Default: three
	 * quarters of `maxConnections`, at least 1. More: 503 with `Retry-After`. Where they have all places, the first gives way to who waits
	 * after `busyBodyTimeout`.
	 */
	maxLongLived: number;
	/**
	 * How long a connection must have been idle before another may take its place: one that has had its last response, or has
	 * sent no request within `busyHeadTimeout`. What a client sends while its connection is closed is lost, so one that is kept
	 * gives way only once no client at all was answered for this and `busyHeadTimeout`, or for three of the usual pauses between
	 * answers, `busyBodyTimeout` at most; or when it has been idle for that long, and three of its own pauses.
	 */
	purgeAfter: number;
	/**
	 * How long a kept connection goes on, from its start, while others wait unaccepted. After it: `Connection: close` with
	 * its next response; for `busyBodyTimeout` behind that also while none waits but all places are taken, to one each `purgeAfter`. So
	 * the first that waits has a place with the next response of such a connection. At most `maxConnections` handshakes are
	 * made in each such time: give more where one is slow. For this long after a connection was closed that its client kept
	 * without using it, those that come while others wait have one response each.
	 */
	busyKeepAlive: number;
	/** Pipelined requests that a connection is served before others have their turn. */
	requestsPerTurn: number;
	/**
	 * Bytes that are taken from a connection before others have their turn. A WebSocket frame, and each of several
	 * chunks of content that come together, counts as 256 more.
	 */
	bytesPerTurn: number;
	/**
	 * Bytes that are read ahead behind a request while it is answered: TCP reports that a client has left only behind all
	 * that it has sent. More: they wait, but not for long, see `aheadTimeout`; an event stream is cut off.
	 * Likewise behind a WebSocket message that is still handled; what comes then does not count as a sign of life.
	 */
	maxAhead: number;
	/**
	 * XS heap that all connections may hold together, beside what they hold at rest: heads, content and what is made of
	 * it, messages, what waits to be sent. No room: it waits unread for `memoryTimeout`, then 503 with `Retry-After`, 1013;
	 * for what can never have room 413, 1009.
	 */
	memory: number;
	/** Length of a request line without its CRLF. Longer: 414, close. */
	maxRequestLine: number;
	/** Length of all field lines of a request head with their CRLFs. Longer: 431, close. */
	maxHeadBytes: number;
	/** Field lines in a request head. More: 431, close. */
	maxHeaderCount: number;
	/**
	 * Length of a request head that a connection remembers, so that one with the same field lines need not be parsed
	 * again. Longer: not remembered.
	 */
	maxKeptHead: number;
	/** Empty lines before a request line (RFC 9112 §2.2 wants one ignored). More: 400, close. */
	maxEmptyLines: number;
	/**
	 * Content of a request, however it is read, unless its route says otherwise. More: 413 to whoever reads it, close.
	 * Filters and routes come before that.
	 */
	maxBody: number;
	/** Content that `text()`, `json()`, `bytes()` and `form()` gather in memory. More: 413, close. */
	maxBufferedBody: number;
	/**
	 * Arrays and objects within each other in what `json()` and `parseJson()` parse. More: 400. Each takes room on XS's stack of whoever walks
	 * through them, and to put such a value into a text does.
	 */
	maxJsonDepth: number;
	/** XS heap that the values take that `json()` and `parseJson()` make, by an estimate. More: 413. */
	maxJsonMemory: number;
	/** A chunk-size line with its extensions, without CRLF. Longer: 400, close. */
	maxChunkLine: number;
	/** Trailer section behind a chunked body. Longer: 431, close. */
	maxTrailerBytes: number;
	/** Unread content thrown away to keep a connection after its response. More: the connection closes. */
	maxDiscard: number;
	/** Input thrown away after a response that ends the connection, so that a client that goes on sending gets it. More: close. */
	maxLinger: number;
	/** Most bytes taken from the socket by one read. Unless it is set, no more than a quarter of a place's share of `memory`, or 512. */
	readSize: number;
	/** Head and content leave in one write up to this size; above, the content is not copied behind the head. */
	coalesce: number;
	/** Bytes waiting to be sent above which `response.write()` stays unresolved and reading stops. */
	highWater: number;
	/** From a head's first byte (or the connection's start) to its last. After it: 408 if any byte came, close. */
	headTimeout: number;
	/** How long of that is granted while others wait unaccepted. After it, another may take the connection's place. */
	busyHeadTimeout: number;
	/**
	 * Wait for a next request on a kept connection. After it: close. What is sent just then is lost: better not a time at
	 * which clients send again, such as 30 s.
	 */
	idleTimeout: number;
	/** Wait for further content that a handler has asked for, see `minRate`. After it: 408, close. */
	bodyTimeout: number;
	/**
	 * Waiting in all for the content of one request that is granted while others wait unaccepted and no connection is
	 * idle, however fast it comes; and for a client that takes nothing of what it is sent. Where XS has room for fewer
	 * connections than `maxConnections`, in proportion. After it, another may take the connection's place, or the memory that it holds beside what a request that is read piece by piece holds.
	 */
	busyBodyTimeout: number;
	/** Wait for a handler to begin its response. After it: 503, close, `error` event. */
	responseTimeout: number;
	/**
	 * How long more than `maxAhead` bytes behind a request wait while it is answered. After it: thrown away, close with
	 * the response, or once they are more than `maxLinger`. Content that a handler leaves unread: abort, but only after
	 * `responseTimeout`, and once the response has begun.
	 */
	aheadTimeout: number;
	/** Wait for the peer to take any bytes of what is to be sent, see `minRate`. After it: abort. */
	writeTimeout: number;
	/**
	 * Bytes a second that keep a slow peer alive. Waiting uses up `bodyTimeout`, `lingerTimeout` or `writeTimeout`, and a byte that moves
	 * gives back a second divided by this: a peer that sends or takes a byte now and then is given up all the same.
	 */
	minRate: number;
	/**
	 * Silence of a client that has got its last response and may still be sending, see `minRate`: what comes is thrown away,
	 * so that it can read the refusal behind its upload. After it: close.
	 */
	lingerTimeout: number;
	/** How long that goes on in all; after `busyHeadTimeout` of it others that wait may take the connection's place. After it: close. */
	maxLingerTimeout: number;
	/** Content of a WebSocket message. More: close code 1009. */
	maxMessage: number;
	/** Frames of a WebSocket message. More: close code 1008. */
	maxFragments: number;
	/** Bytes waiting to be sent above which a WebSocket is closed (1013) and an event stream cut off by a further send. */
	maxBacklog: number;
	/** Silence of a WebSocket's peer after which it is sent a Ping. */
	pingInterval: number;
	/** Further silence after that Ping. After it: abort, close code 1006. */
	pongTimeout: number;
	/** Wait for the peer's Close frame after ours. After it: abort, close code 1006. */
	closeTimeout: number;
	/** Silence of an event stream after which a comment is sent, so that no proxy on the way closes it. */
	eventKeepAlive: number;
	/** How long what has no room in `memory` waits for others to give some back. After it: 503, 1013. */
	memoryTimeout: number;
	/** How long `stop()` lets requests in progress finish. After it: abort. */
	stopTimeout: number;
}

/** Connections of both ports of an `HTTPSServer` together where its options give no `maxConnections`, by platform. */
export const placesOfBothPorts: number = bothPorts;

/** What `maxLongLived` is by default. */
export const longLivedOf = (maxConnections: number): number => {
	return maxConnections < 2 ? 1 : maxConnections - ((maxConnections + 3) >> 2);
};

/** What `readSize` is by default: what is read at once must not be much of what there is for it. */
export const readSizeOf = (limits: Pick<Limits, "memory" | "maxConnections" | "readSize">): number => {
	const share = Math.max(512, Math.floor(limits.memory / limits.maxConnections / 4));
	return Math.min(limits.readSize, share);
};

/** What applies when nothing else is asked for. Sizes that memory bounds are the platform's. */
export const defaultLimits: Readonly<Limits> = Object.freeze({
	...httpLimits,
	maxPerAddress: 1024,
	maxLongLived: longLivedOf(httpLimits.maxConnections),
	purgeAfter: 500,
	requestsPerTurn: 8,
	bytesPerTurn: Math.max(16 * 1024, 4 * httpLimits.readSize),
	maxHeaderCount: 64,
	maxEmptyLines: 2,
	maxBody: 16 * 1024 * 1024,
	maxChunkLine: 256,
	maxTrailerBytes: 1024,
	maxDiscard: 64 * 1024,
	maxLinger: 64 * 1024 * 1024,
	headTimeout: 10_000,
	idleTimeout: 27_000,
	bodyTimeout: 20_000,
	responseTimeout: 60_000,
	aheadTimeout: 2_000,
	writeTimeout: 20_000,
	minRate: 128,
	lingerTimeout: 2_000,
	maxLingerTimeout: 120_000,
	maxFragments: 256,
	pingInterval: 30_000,
	pongTimeout: 10_000,
	closeTimeout: 2_000,
	eventKeepAlive: 15_000,
	memoryTimeout: 2_000,
	stopTimeout: 5_000
});

/** Names of the methods that this server knows; any other token is 501 unless a route was made for it. */
export const knownMethods: readonly string[] = Object.freeze([
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"DELETE",
	"CONNECT",
	"OPTIONS",
	"TRACE",
	"PATCH"
]);

/** Bytes that a frame or a chunk counts for among `bytesPerTurn`, beyond its own: it costs as much as so many. */
export const pieceCost = 256;

/** Chunks that are decoded at once, before the turn may end. */
export const chunksAtOnce = 64;

/** Bounds of what single fields are parsed to, beside the limits of a head. */
export const fieldLimits = {
	/** Parts that one `Range` field may ask for. More: the field is ignored. */
	maxRanges: 8,
	/** Members of a list, such as `Connection` or `Accept-Encoding`, with empty ones. More: those do not count. */
	maxMembers: 64,
	/** Pairs of a `Cookie` field, with empty ones. More: those do not count. */
	maxCookies: 64,
	/** Entity tags in `If-Match` or `If-None-Match`. More: none of them matches. */
	maxTags: 32,
	/** Members of `Forwarded` or `X-Forwarded-For`, from the end, that are looked at: proxies one behind the other. More: not read. */
	maxProxies: 8,
	/** Encoded words of a name in a form (RFC 2047). More: it is taken as it is. */
	maxWords: 16,
	/** Characters of an address that the page of a redirect shows. Longer: the page has no link. */
	maxLink: (httpLimits.maxHeadBytes / 8) as number,
	/** Characters of a field in a line of `accessLog()`. More: cut, with `...` behind. */
	maxLogged: (httpLimits.maxHeadBytes / 8) as number,
	/** Segments of a path: one for 32 bytes of the platform's `maxHeadBytes`, since each takes some 100 bytes of XS heap. More: 414. */
	maxSegments: (httpLimits.maxHeadBytes / 32) as number,
	/** Parameters of a field, such as `Content-Type` or `Authorization: Digest`, with empty ones. More: it is malformed. */
	maxParameters: 32,
	/** Characters of a member of `Accept-Encoding`: no coding has so many, and nobody asks for room for what is made of one. Longer: it does not count. */
	maxMember: 128,
	/** Characters of a host with its port: 255 of a name (RFC 1035 §2.3.4), a colon, five digits. Longer: 400. */
	maxAuthority: 261,
	/** Bytes of values that a request's `headers` hands out without asking XS for more. More: it must have `valueCopies` times as much, else 503. */
	shortValue: 256,
	/** Bytes that readers make of each byte of a longer value: all parts of it, and some of them again, without quotes or in lower case. Two more of `toString()`. */
	valueCopies: 6,
	/** Entity tags that a store of files in memory or flash keeps: one for 64 bytes of the platform's `maxHeadBytes`, since each takes some 130 bytes of XS heap. More: made anew when they are asked for. */
	maxKeptTags: (httpLimits.maxHeadBytes / 64) as number
} as const;
Object.freeze(fieldLimits);

/** Bounds of what `request.query`, `request.form()` and `request.parts()` parse. */
export const formLimits = {
	/** Pairs in a query or a urlencoded form: one for 32 bytes of the platform's `maxHeadBytes`. More: 400. */
	maxFields: (httpLimits.maxHeadBytes / 32) as number,
	/**
	 * Bytes of one pair of a urlencoded form that is streamed, and of a part that its `bytes()` or `text()` gathers,
	 * unless that is given another number. More: 413.
	 */
	maxFieldBytes: 16_384,
	/** Parts of a multipart form. More: 413. */
	maxParts: 64,
	/** Bytes of a part's head: a quarter of the platform's `maxHeadBytes`. More: 413. */
	maxPartHead: (httpLimits.maxHeadBytes / 4) as number,
	/** Field lines in a part's head. More: 413. */
	maxPartLines: 16,
	/** Bytes of one piece that are compared with a multipart form's delimiter. More: others have their turn. */
	comparedAtOnce: 1024
} as const;
Object.freeze(formLimits);

/** Bounds of what `digestAuth()` remembers and for how long. */
export const digestLimits = {
	/** Life of a nonce of `digestAuth()`, in ms. After it clients are sent a new one, without asking their users. */
	nonceLifetime: 300_000,
	/**
	 * Nonces in use of which one `digestAuth()` keeps the counts: one for 256 bytes of the platform's `maxHeadBytes`. One more: the one
	 * used longest ago ends early.
	 */
	maxNonces: (httpLimits.maxHeadBytes / 256) as number
} as const;
Object.freeze(digestLimits);

/** Bounds of `rateLimit()`. */
export const rateLimits = {
	/**
	 * Addresses whose requests `rateLimit()` counts, unless it is given another number: one for 128 bytes of the platform's `maxHeadBytes`,
	 * since each takes some 150 bytes of XS heap. One more: the one whose last request is longest ago is dropped, and a new one has no more left than that had.
	 */
	maxAddresses: (httpLimits.maxHeadBytes / 128) as number
} as const;
Object.freeze(rateLimits);

/** Bytes that may wait to be sent although there is no memory: an error response, a Close frame. */
export const uncharged = 256;

/** Bytes read at once from a file that is neither in memory nor in flash. */
export const filePiece: number = httpLimits.readSize;

/** The earliest time, in ms since 1970, that a set clock can show: before it, no `Date` is sent. */
export const clockSetAfter = 1_704_067_200_000;

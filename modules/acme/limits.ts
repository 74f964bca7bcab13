const minute = 60_000; // milliseconds
const hour = 3_600_000;
const day = 86_400_000;

/** Every number of the ACME module: unit, default, and what happens at the bound. */
export const limits = {
	/** Host names of one certificate. More are a RangeError. */
	maxNames: 16,
	/** Bytes of them together, with two for each. More are a RangeError: they would not fit in a signing request. */
	maxNameBytes: 500,
	/** Characters of a URL that the CA gives. A longer one is `ANSWER_INVALID`. */
	maxURL: 256,
	/** Characters of a challenge's token, and of a nonce. A longer one is `ANSWER_INVALID`. */
	maxToken: 256,
	/** Bytes of an answer's status line and fields together. More are `ANSWER_SIZE`. */
	maxHead: 4_096,
	/** Fields of an answer's head: short ones would take many times their bytes. More are `ANSWER_SIZE`. */
	maxFields: 64,
	/** Bytes of an answer's content, which is JSON. More are `ANSWER_SIZE`. */
	maxAnswer: 4_096,
	/** Levels of arrays and objects in it, and bytes that its values may take. More are `ANSWER_INVALID`. */
	maxDepth: 8,
	maxValues: 8_192,
	/** Bytes of a certificate chain, in PEM. More are `ANSWER_SIZE`. */
	maxChain: 12_288,
	/** Characters of what a CA says about an error. The rest is cut off. */
	maxDetail: 160,
	/** Bytes that are charged to the server's memory from before the CA is asked until what it gave has been stored and handed on. */
	charge: 5_632,
	/** Bytes of XS's chunks that are asked for beside it, and beside all that others may take, before a signing request is made. */
	requestRoom: 4_096,
	/** What of the charge the connection to the CA has taken for as long as it lasts. */
	connectionSlots: 4_096,
	connectionChunks: 1_536,
	/**
	 * What is held for: bytes of an answer's head, its fields, bytes of its content, and of what its values may take, and of a request with its
	 * URL, nonce and account. XS is asked for what takes more, beside all that others may take; else `MEMORY`.
	 */
	usualHead: 1_024,
	usualFields: 16,
	usualAnswer: 512,
	usualValues: 1_536,
	usualRequest: 384,
	/** Bytes of XS's chunks that there must be for each further piece of it: what has come of a certificate, in PEM and in DER. Else `MEMORY`. */
	chainRoom: 4_096,
	/** Bytes that are stored beside a chain, keys and notes; and what it takes to look at one before. */
	storedBeside: 1_024,
	checkingRoom: 4_096,
	/** How often they are asked for, at pauses of `poll`, when there is no room; and XS for what storing a chain takes. Then `MEMORY`. */
	maxAsks: 40,
	/** Milliseconds from a request to the end of its answer. Then `TIMEOUT`. */
	answerTimeout: (minute / 2) as number,
	/** Milliseconds that an order may take. Then `TIMEOUT`. */
	orderTimeout: (15 * minute) as number,
	/** Milliseconds that it may take with all requests, and with what the application does for a proof. Then `TIMEOUT`. */
	callTimeout: (30 * minute) as number,
	/** Milliseconds between looks at what the CA has not decided yet, unless it says how long; and the longest of those. */
	poll: 3_000,
	maxPoll: minute as number,
	/** How often a request is sent anew since the CA does not take its nonce. Then `REFUSED`. */
	maxBadNonces: 16,
	/** Milliseconds after which an order that failed is tried again; they double each time, up to `maxRetry`. */
	retry: (10 * minute) as number,
	maxRetry: day as number,
	/** Milliseconds after which it is tried again where the CA could not connect to see a proof, and how often: it counts proofs that fail. */
	soon: 10_000,
	maxSoon: 2,
	/** The same where the CA could not be reached, which costs it nothing. */
	retryUnreachable: minute as number,
	maxRetryUnreachable: hour as number,
	/** Of what is left of a certificate's life, what a pause may be at most. */
	retryOfLife: 0.125,
	/** Milliseconds that the CA may have us wait, whatever it says. */
	maxRetryAfter: (7 * day) as number,
	/**
	 * Milliseconds for which a certificate is not renewed, whatever the clock says: one that is wrong would have one ordered
	 * after the other. Half of the certificate's life where that is less, but `leastPause`.
	 */
	leastAge: day as number,
	leastPause: (10 * minute) as number,
	/** Of a certificate's life, what is left of it when it is renewed; and over what part of the life that is spread. */
	renewAt: (1 / 3) as number,
	spread: (1 / 30) as number,
	/** Of its life, what is left at the latest, whatever the CA says. */
	latest: (1 / 30) as number,
	/** Certificates that are still to be revoked since others have taken their place. Of more, the oldest are given up. */
	maxReplaced: 2,
	/** Milliseconds after which a revocation that failed is tried again, until the certificate has expired. */
	revokeAgain: (6 * hour) as number,
	/** Milliseconds between questions for the CA's own time for a renewal (RFC 9773), unless it says how long. */
	askAgain: (6 * hour) as number,
	maxAskAgain: day as number,
	/** Milliseconds between looks at a clock that was not set, and at one that was. */
	clockCheck: minute as number,
	recheck: hour as number,
	/** Milliseconds since 1970 (2025-01-01): a clock that shows less was never set. */
	earliest: 1_735_689_600_000
} as const;
Object.freeze(limits);

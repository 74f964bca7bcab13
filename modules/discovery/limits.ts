/** Every number of the discovery module: unit, default, and what happens at the bound. */
export const limits = {
	/** Characters of a device's name. A CA of the device's own has to hold it with all its numbers. More is a RangeError. */
	maxName: 32,
	/** The highest number behind a name that others have: `lamp`, `lamp-2` to `lamp-9`. Then the device waits. */
	maxNumber: 9,
	/** Milliseconds between looks at the device's address. */
	watch: 5_000,
	/** Milliseconds between a name that another device has and the next one. */
	nextName: 1_000,
	/** Milliseconds before all begins anew when no name is left, or something has failed; twice as many each further time. */
	retry: 60_000,
	maxRetry: 3_600_000,
	/** Milliseconds after a certificate for another name in which there is none for a third; twice as many each further time. */
	reissue: 600_000,
	maxReissue: 86_400_000,
	/** Bytes of a message that is looked at, an Ethernet frame's. Longer ones are dropped. */
	maxMessage: 1_472,
	/** Bytes of a question from a port of its own, which stands in its answer: what DNS has over UDP (RFC 1035 §4.2.1). A longer one is not answered. */
	maxLegacy: 512,
	/** Bytes of XS's memory that one message takes while it is read, for `server.hold()`. Nothing is kept of it. */
	messageMemory: 2_048,
	/** Bytes of it that are held while a certificate for another name is made, stored and served. Where there are fewer, the name is given up and tried again. */
	renameMemory: 6_144,
	/** Questions and records of a message, and of all that are read in a second. A message with more is dropped. */
	maxEntries: 64,
	entries: 160,
	/** Answers in a second to single ones who ask. More are not answered. */
	unicasts: 8,
	/** Services of one name, which one message has to hold; bytes of a service's TXT data. More is a RangeError. */
	maxServices: 3,
	maxTXT: 128,
	/** Milliseconds before the first probe, chosen at random up to that, and between probes; how many there are (RFC 6762 §8.1). */
	beforeProbe: 250,
	betweenProbes: 250,
	probes: 3,
	/** Milliseconds until one who goes after another has tries again (RFC 6762 §8.2), and how often; then the name is the other's. */
	defeat: 1_000,
	maxDefeats: 5,
	/** Milliseconds in which a claimed name is not doubted again. */
	doubt: 10_000,
	/** Milliseconds between announcements, and before the answer to several, chosen at random (RFC 6762 §6, §8.3). */
	announce: 1_000,
	answerAfter: 20,
	answerWithin: 120,
	/** Milliseconds before the same is sent to all again, and to one who wants the name (RFC 6762 §6); in which one who asks for himself is answered alone (§5.4). */
	repeat: 1_000,
	defend: 250,
	fresh: 30_000
} as const;
Object.freeze(limits);

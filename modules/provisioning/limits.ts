/** Every bound and tunable of this module. Times are milliseconds, sizes bytes. All but the last three may be given as `limits`. */
export const provisioningLimits = {
	/** Networks that a scan's list keeps, the strongest ones. */
	maxNetworks: 16,
	/** How long a scan may take. After it: what has been found until then. */
	scanTimeout: 15_000,
	/** Between the end of a scan and the start of the next one: while the radio listens elsewhere, the access point is deaf. */
	scanPause: 5_000,
	/** From an attempt's start to its association. The SDK tries six times meanwhile on an ESP32. After it: `timeout`. */
	joinTimeout: 30_000,
	/** From association to an address by DHCP. After it: `address`. */
	addressTimeout: 20_000,
	/** At an attempt's start: disconnections that are told within it are of what was before. */
	strayTime: 1_000,
	/** From the answer to whoever has chosen a network to the attempt, by which the access point may change its channel. */
	joinPause: 500,
	/** Attempts that may follow each other at once, for who mistypes, and the pause between further ones, for who guesses. */
	tries: 5,
	tryInterval: 12_000,
	/** Content of what a page sends: a name and a password in percent-encoding. More: 413. */
	maxForm: 512,
	/** How long the access point stays once it has shown that the device has joined, unless "Done" is pressed before. */
	resultTime: 120_000,
	/** The same where nobody has looked since: a phone may have lost the access point when its channel changed. */
	unseenTime: 600_000,
	/** How long it stays after "Done", so that the phone's own question is answered and its window closes. */
	doneTime: 10_000,
	/** How long a portal stays that was opened while there are credentials, unless somebody uses it. */
	openTime: 600_000,
	/** The most that such a portal stays, however much somebody uses it: a page that is left open asks for itself again and again. */
	longestOpen: 1_800_000,
	/** While it is open, the network of the credentials is tried again, this often, and only if nobody has used the portal for as long. */
	portalRetry: 60_000,
	/** Pauses between attempts to join the network of the credentials: the first, twice that, …, the longest. */
	firstRetry: 2_000,
	longestRetry: 60_000,
	/** The same where the access point does not open. */
	reopenPause: 10_000,
	/** The shortest `reopenAfter`: a router that restarts is away for some minutes. */
	leastReopenAfter: 300_000,
	/** Questions of DNS that are answered before others have their turn. More are thrown away: clients ask again. */
	questionsPerTurn: 8,
	/** The longest question of DNS that is answered: one over UDP with EDNS (RFC 6891) is shorter. */
	maxQuestion: 512,
	/** Seconds that clients keep an answer. It is wrong as soon as they are in another network. */
	timeToLive: 1
} as const;
Object.freeze(provisioningLimits);

/** Those that an application may choose. */
export type ProvisioningLimits = {
	readonly [Name in Exclude<
		keyof typeof provisioningLimits,
		"questionsPerTurn" | "maxQuestion" | "timeToLive"
	>]: number;
};

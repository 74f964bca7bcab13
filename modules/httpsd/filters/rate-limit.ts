import { checkOptionNames, type OptionNames } from "text/option-names";
import Time from "time";
import HttpError from "../http-error";
import { rateLimits } from "../limits";
import type Request from "../request";
import type Response from "../response";
import { networkOf } from "../values/network";

export interface RateLimitOptions {
	/** Requests a second that an address may make in the long run; may be below 1. */
	readonly rate: number;
	/** Requests that it may make at once after a while of silence. Default: `rate`, at least 1. */
	readonly burst?: number;
	/**
	 * Addresses whose requests are counted, at least 1. Default `rateLimits.maxAddresses`, by platform. While there are more, the one whose last request is
	 * longest ago is dropped, and a new address begins with no more requests than that had left.
	 */
	readonly maxAddresses?: number;
	/**
	 * Whose requests are counted together. Default: those of an IPv4 address, or of 64 bits of an IPv6 address. Of a long text, such as a token,
	 * the first and the last 32 characters count.
	 */
	readonly key?: (request: Request) => string;
}

const optionNames: OptionNames<RateLimitOptions> = Object.freeze({
	rate: true,
	burst: true,
	maxAddresses: true,
	key: true
});

/** What an address has left. */
interface Bucket {
	tokens: number;
	ticks: number;
}

/**
 * A filter, for `use()`, that answers an address's requests beyond a rate with 429 (RFC 6585 §4) and `Retry-After`.
 *
 * ```ts
 * server.use("/login", rateLimit({ rate: 0.2, burst: 5 }));
 * ```
 * @throws {RangeError} for a rate that is not above 0, or a burst or a number of addresses below 1.
 */
export const rateLimit = (options: RateLimitOptions): ((request: Request, response: Response) => void) => {
	checkOptionNames("rateLimit", options, optionNames);
	const { rate, burst = Math.max(1, rate), maxAddresses = rateLimits.maxAddresses, key = networkOfClient } = options;
	if (!(rate > 0 && burst >= 1 && maxAddresses >= 1)) throw new RangeError("Rate limit is out of range");
	const buckets = new Map<string, Bucket>();
	// The least that an address had left when it was dropped. A new address may be one of those, and so begins with it:
	// or the requests of one would not be limited, while many others make theirs.
	const dropped: Bucket = { tokens: burst, ticks: Time.ticks };
	return (request, response) => {
		const name = shorten(key(request));
		refill(dropped, rate, burst);
		const bucket = buckets.get(name) ?? { ...dropped };
		refill(bucket, rate, burst);
		buckets.delete(name);
		buckets.set(name, bucket);
		if (buckets.size > maxAddresses) {
			const [[oldest, left]] = buckets as unknown as [[string, Bucket]];
			buckets.delete(oldest);
			refill(left, rate, burst);
			dropped.tokens = Math.min(dropped.tokens, left.tokens);
		}
		if (bucket.tokens < 1) {
			response.header("retry-after", Math.ceil((1 - bucket.tokens) / rate));
			throw new HttpError(429, "RATE", "Address makes too many requests");
		}
		bucket.tokens--;
	};
};

const refill = (bucket: Bucket, rate: number, burst: number): void => {
	const ticks = Time.ticks;
	bucket.tokens = Math.min(burst, bucket.tokens + (((ticks - bucket.ticks) >>> 0) * rate) / 1000);
	bucket.ticks = ticks;
};

/** Characters of each end of a key. */
const keptOfKey = 32;

/** Clients may choose a key, and the table would take as much for each as their heads are long. */
const shorten = (key: string): string => {
	return key.length <= 2 * keptOfKey ? key : key.slice(0, keptOfKey) + key.slice(-keptOfKey);
};

const networkOfClient = ({ address = "" }: Request): string => {
	return networkOf(address);
};

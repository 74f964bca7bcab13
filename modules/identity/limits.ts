const day = 86_400_000; // milliseconds

/** Every number of the identity module: unit, default, and what happens at the bound. */
export const limits = {
	/** Milliseconds since 1970: a clock that shows less was never set, and dates are not judged by it (2025-01-01). */
	earliest: 1_735_689_600_000,
	/**
	 * Milliseconds since 1970: the last second that a certificate says with two digits of the year, which everybody can
	 * read (2049-12-31). A CA ends then, and a certificate that is made without a clock.
	 */
	latest: 2_524_607_999_000,
	/** Milliseconds since 1970: the last second that a certificate can say (9999-12-31); a clock beyond it is wrong. */
	end: 253_402_300_799_000,
	/** Milliseconds that a certificate made here is valid before it was made, for clients whose clock lags. */
	backdate: 30 * day,
	/** Milliseconds that it is valid from then on. With the backdate, 397 days: browsers refuse more than 398. */
	life: 367 * day,
	/** Milliseconds before its end at which a certificate is made anew; a third of its life where that is less. */
	renewBefore: 30 * day,
	/** Milliseconds between looks at a clock that was not set. */
	clockCheck: 60_000,
	/** Milliseconds after which a renewal that did not succeed, or a request that was not answered, is tried again. */
	retry: 3_600_000,
	/** Milliseconds between looks at a clock that was set: one that was set wrongly may have been corrected. */
	look: 3_600_000,
	/** Bytes of a key, certificate or request that is made here; a RangeError tells that there are too many names. */
	maxProduct: 1_536,
	/** Characters of a host name (RFC 1035 §2.3.4) and of the common name made of it (RFC 5280 appendix A.1). */
	maxHost: 253,
	maxCommonName: 64
} as const;

const day = 86_400_000; // milliseconds

/** Every number of the identity module: unit, default, and what happens at the bound. */
export const limits = {
	/** Milliseconds since 1970 (2025-01-01): a clock that shows less was never set, and dates are not checked by it. */
	earliest: 1_735_689_600_000,
	/**
	 * Milliseconds since 1970 (2049-12-31): the last second that UTCTime can express, which all clients can read. A CA
	 * expires then, and a certificate that is made without a clock.
	 */
	latest: 2_524_607_999_000,
	/** Milliseconds since 1970 (9999-12-31): the last second that a certificate can express; a clock beyond it is wrong. */
	end: 253_402_300_799_000,
	/** Milliseconds by which notBefore lies before the certificate is made, for clients whose clock is slow. */
	backdate: (30 * day) as number,
	/** Milliseconds from then to notAfter. With the backdate it is 397 days: browsers refuse more than 398. */
	life: (367 * day) as number,
	/** Milliseconds before notAfter at which a certificate is renewed; a third of its lifetime where that is less. */
	renewBefore: (30 * day) as number,
	/** Milliseconds between checks of a clock that was not set. */
	clockCheck: 60_000,
	/** Milliseconds after which a renewal that failed, or a request that was not answered, is repeated. */
	retry: 3_600_000,
	/** Milliseconds between checks of a clock that was set: it may have been wrong, and be corrected since. */
	recheck: 3_600_000,
	/** Certificates in a file that is installed: each is tried as the issuer of the others. More are `CERTIFICATE_INVALID`. */
	maxCertificates: 8,
	/** Milliseconds within which a client has to come with a certificate that was chosen. Then that of before is served again. */
	trial: 600_000,
	/** Milliseconds after which that is tried again, when the server has not taken it. */
	trialRetry: 60_000,
	/** Bytes of a P-256 key, as PKCS #8. */
	maxKey: 256,
	/** Bytes of a certificate or request that is made here; more, by too many names, is a RangeError. */
	maxProduct: 1_664,
	/** Bytes of what a CA that is made here may sign for. Where they are more, names that the device may be given some day are left out. */
	maxConstraints: 1_000,
	/** Characters of a host name (RFC 1035 §2.3.4) and of the common name made of it (RFC 5280 appendix A.1). */
	maxHost: 253,
	maxCommonName: 64
} as const;
Object.freeze(limits);

/** Every number of the tool that someone may want to look up, in one place. */

/** Milliseconds in a day. */
export const DAY = 86_400_000;

/** Longest whole validity of a leaf, days: what Apple's platforms and the browsers' root programs accept. */
export const MAX_LEAF_DAYS = 398;

/** Days from now that a leaf is valid by default; with the backdate it stays below {@link MAX_LEAF_DAYS}. */
export const DEFAULT_LEAF_DAYS = 367;

/** Days that a leaf is valid before it was made, so that a device whose clock lags still accepts it. */
export const DEFAULT_BACKDATE = 30;

/** Years a CA is valid by default, and at most (past 2049 the date encoding changes, and some devices trip on it). */
export const DEFAULT_CA_YEARS = 10;
export const MAX_CA_YEARS = 20;

/** Days that a CA is valid before it was made. */
export const CA_BACKDATE = 365;

/** `--if-needed` makes a new certificate when fewer days than this are left (or less than half of a short life). */
export const RENEW_DAYS = 7;

/** Longest DNS name and label (RFC 1035 section 2.3.4), longest common name (RFC 5280 appendix A.1). */
export const MAX_HOST = 253;
export const MAX_LABEL = 63;
export const MAX_COMMON_NAME = 64;

/** Bytes of the largest file that is read: more than the flash of any device. Larger ones are refused. */
export const MAX_INPUT = 1 << 26;

/** Milliseconds that a run waits for another that changes the same folder (RSA-4096 takes seconds), and between looks. */
export const LOCK_WAIT = 60_000;
export const LOCK_POLL = 20;

/** Strict-Transport-Security (RFC 6797): browsers use nothing but HTTPS for that host. */
export interface TransportSecurity {
	/** How long a browser remembers it, in seconds. 0 makes it forget. */
	readonly maxAge: number;
	/** Whether it is for the subdomains too. Default `false`. */
	readonly includeSubDomains?: boolean;
	/** Whether browsers may have the host in the lists that they are shipped with. Default `false`. */
	readonly preload?: boolean;
}

/**
 * The value of a `Strict-Transport-Security` field.
 * @throws {RangeError} when `maxAge` is not a whole number of seconds.
 */
export const transportSecurity = ({ maxAge, includeSubDomains, preload }: TransportSecurity): string => {
	if (!Number.isSafeInteger(maxAge) || maxAge < 0)
		throw new RangeError("HSTS maxAge must be a whole number of seconds");
	return `max-age=${maxAge}${includeSubDomains ? "; includeSubDomains" : ""}${preload ? "; preload" : ""}`;
};

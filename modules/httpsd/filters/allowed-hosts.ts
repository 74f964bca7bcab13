import { parseIPAddress } from "text/ip-address";
import HttpError from "../http-error";
import { hostOf } from "../message/authority";
import type Request from "../request";

const isAllowed = (host: string, allowed: readonly string[]): boolean => {
	const lower = host.toLowerCase();
	const name = lower.endsWith(".") ? lower.slice(0, -1) : lower;
	return allowed.includes(name) || name.startsWith("[") || parseIPAddress(name) !== undefined;
};

/**
 * A filter, for `use("/")`, that answers requests for other hosts with 421 (RFC 9110 §15.5.20). A page on the Internet can have
 * its own name lead to a device's address (DNS rebinding), and then do with it as one of the device's own pages may: by the
 * name that is in the request it is found out. Addresses are allowed, and requests without a host, which no browser sends.
 *
 * On the plain port it comes before the redirect.
 *
 * ```ts
 * server.use("/", allowedHosts(() => name.hosts));
 * ```
 * @param hosts names in lower case, without ports, asked for at each request
 */
export const allowedHosts = (hosts: () => readonly string[]): ((request: Request) => void) => {
	return request => {
		const host = hostOf(request.host);
		if (host !== "" && !isAllowed(host, hosts()))
			throw new HttpError(421, "HOST", "Request is for a host that this is not");
	};
};

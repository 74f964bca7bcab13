import { isIP } from "node:net";
import { domainToASCII } from "node:url";
import { CertsError } from "../base/errors";
import { MAX_COMMON_NAME, MAX_HOST, MAX_LABEL } from "../base/limits";

/** What a certificate is good for: the subjectAltName entries, normalized, without doubles. */
export interface Names {
	/** DNS names in lower case, A-labels; a wildcard only as the whole first label. */
	hosts: string[];
	/** IPv4 and IPv6 addresses as Node writes them. */
	ips: string[];
}

/** `value` as a DNS name for a subjectAltName (RFC 6125, RFC 5280 section 4.2.1.6). Throws a CertsError. */
export function parseHost(value: string): string {
	if (isIP(value) !== 0) throw new CertsError(`"${value}" is an address, not a host name`, `Write --ip ${value}`);
	if (/[/:@?#\s]/.test(value)) {
		const bare = value.replace(/^[a-z]+:\/\//i, "").replace(/[/:@?#\s].*$/, "");
		throw new CertsError(`"${value}" is not a bare host name`, `Write only the name: --host ${bare || "device.local"}`);
	}
	const wildcard = value.startsWith("*.");
	const ascii = domainToASCII((wildcard ? value.slice(2) : value).replace(/\.$/, "")).toLowerCase();
	const labels = ascii.split(".");
	const good = labels.every(label => label.length <= MAX_LABEL && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label));
	if (!good || ascii.length > MAX_HOST) {
		throw new CertsError(
			`"${value}" is not a host name`,
			"Use letters, digits and hyphens, with dots between the parts: --host device.local"
		);
	}
	if (wildcard && labels.length < 2) {
		throw new CertsError(
			`Browsers refuse the wildcard "${value}"`,
			"Name each host, or use a wildcard below a domain: *.lab.example"
		);
	}
	return wildcard ? `*.${ascii}` : ascii;
}

/** `value` as an address for a subjectAltName. Throws a CertsError. */
export function parseIp(value: string): string {
	const bare = value.replace(/^\[(.*)\]$/, "$1");
	if (bare.includes("%"))
		throw new CertsError(`"${value}" has a zone`, `Leave the zone out: --ip ${bare.split("%")[0]}`);
	if (isIP(bare) === 0)
		throw new CertsError(`"${value}" is not an IP address`, "Write it like --ip 192.168.1.20 or --ip fe80::1");
	return bare.toLowerCase();
}

/** The names of a command line, checked. Throws a CertsError when there is none at all. */
export function parseNames(hosts: readonly string[], ips: readonly string[]): Names {
	const names = { hosts: [...new Set(hosts.map(parseHost))], ips: [...new Set(ips.map(parseIp))] };
	if (names.hosts.length + names.ips.length === 0) {
		throw new CertsError(
			"A certificate without a name is refused by every browser",
			"Add --host device.local, --ip 192.168.1.20, or both"
		);
	}
	return names;
}

/** The same names, whatever the order and the way an IPv6 address is written. */
export function sameNames(a: Names, b: Names): boolean {
	return nameKey(a) === nameKey(b);
}

/** The subject common name for `names`: the first that is short enough. Browsers do not look at it. */
export function commonNameOf(names: Names): string {
	return [...names.hosts, ...names.ips].find(name => name.length <= MAX_COMMON_NAME) ?? "server";
}

/** `value` as a common name of its own (RFC 5280 appendix A.1). Throws a CertsError that calls it `what`. */
export function parseCommonName(value: string, what: string): string {
	const name = value.trim();
	if (name !== "" && name.length <= MAX_COMMON_NAME) return name;
	throw new CertsError(`"${value}" cannot be a ${what}'s name`, `Use 1 to ${MAX_COMMON_NAME} characters: --name alice`);
}

/** One line for people: `localhost, device.local, 192.168.1.20`. */
export function describeNames(names: Names): string {
	return [...names.hosts, ...names.ips].join(", ");
}

function nameKey(names: Names): string {
	return [...names.hosts, ...names.ips.map(canonicalIp)].sort().join(" ");
}

function canonicalIp(ip: string): string {
	return isIP(ip) === 6 ? new URL(`http://[${ip}]/`).hostname : ip;
}

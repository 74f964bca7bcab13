// What mc/config says, checked: what is wrong there ends in one line, for an error with a code is not the script's own.

import { toHosts } from "identity/hosts";
import { parsePort } from "text/port";

/** An error of whoever set `name`. */
function refuse(name: string, value: unknown, wanted: string): never {
	const error = new RangeError(`${name} is "${value}": it must be ${wanted}`);
	throw Object.assign(error, { code: "CONFIG_INVALID" });
}

/** 0 to 65535, 0 for any free one. Default 443. @throws {RangeError} another value. */
export const readPort = (value: unknown = 443): number => {
	return parsePort(value) ?? refuse("port", value, "0 to 65535");
};

/** Default `device`. @throws {RangeError} no host name. */
export const readHost = (value: unknown = "device"): string => {
	const host = String(value);
	try {
		toHosts(host);
		return host;
	} catch {
		return refuse("host", value, "a host name: letters, digits and hyphens");
	}
};

/** `undefined` where none is set. @throws {RangeError} an empty one. */
export const readSecret = (value: unknown): string | undefined => {
	if (value === undefined) return undefined;
	const secret = String(value);
	return secret === "" ? refuse("adminPassword", secret, "no empty text") : secret;
};

/** Default `false`. @throws {RangeError} anything but `true` and `false`. */
export const readFlag = (name: string, value: unknown = false): boolean => {
	const text = String(value);
	return text === "true" || (text !== "false" && refuse(name, value, "true or false"));
};

import { isHostName } from "identity/hosts";
import { encodeName } from "./wire";

/** A service as it is announced. */
export interface Announced {
	readonly serviceType: string;
	readonly port: number;
	/** Its TXT record's data. */
	readonly txt: Uint8Array;
}

/** The names that a device answers for, in the form of the wire. */
export interface OwnNames {
	/** `lamp.local`. */
	readonly host: Uint8Array;
	/** Four bytes. */
	readonly address: Uint8Array;
	/** `_https._tcp.local`, and `lamp._https._tcp.local` at the same place. */
	readonly types: readonly Uint8Array[];
	readonly instances: readonly Uint8Array[];
	/** Of each service, 0 before it is announced. */
	readonly ports: readonly number[];
}

/** What all services are found by (RFC 6763 §9). */
export const enumeration: string = "_services._dns-sd._udp.local";

/** `_NAME._tcp` or `_NAME._udp`; NAME has 1 to 15 letters, digits and hyphens (RFC 6763 §7). */
export const isServiceType = (text: string): boolean => {
	const [name = "", protocol, ...more] = text.split(".");
	const isNamed = name[0] === "_" && name.length <= 16 && isHostName(name.slice(1));
	return isNamed && (protocol === "_tcp" || protocol === "_udp") && more.length === 0;
};

/** @param address dotted decimal */
export const namesOf = (
	host: string,
	address: string,
	services: readonly { readonly serviceType: string; readonly port: number }[]
): OwnNames => {
	return {
		host: encodeName(`${host}.local`),
		address: Uint8Array.from(address.split(".").map(Number)),
		types: services.map(({ serviceType }) => encodeName(`${serviceType}.local`)),
		instances: services.map(({ serviceType }) => encodeName(`${host}.${serviceType}.local`)),
		ports: services.map(({ port }) => port)
	};
};

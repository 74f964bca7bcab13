import { parseDecimal } from "./ascii";

/** The highest port there is. */
const maxPort = 65_535;

/** A TCP port: a number, or its decimal digits, as `URL.port` and `mc/config` have it. */
export type Port = number | string;

/** The number of a TCP port, 0 to 65535; `undefined` for anything else. */
export const parsePort = (value: unknown): number | undefined => {
	const port = typeof value === "string" ? parseDecimal(value) : value;
	return Number.isInteger(port) && (port as number) >= 0 && (port as number) <= maxPort ? (port as number) : undefined;
};

/**
 * @throws {TypeError} neither a number nor a string
 * @throws {RangeError} no port, or one below `low`
 */
export const checkPort = (name: string, value: unknown, low = 0): number => {
	const port = parsePort(value);
	if (port !== undefined && port >= low) return port;
	const Mistake = typeof value === "number" || typeof value === "string" ? RangeError : TypeError;
	throw new Mistake(`${name} is ${show(value)}: it must be ${low} to ${maxPort}, a number or its decimal digits`);
};

const show = (value: unknown): string => {
	if (typeof value === "object" && value !== null) return "an object";
	return typeof value === "string" ? JSON.stringify(value) : String(value);
};

import type { Bytes } from "../io";

export interface UDPOptions {
	/** 0 to 65535. Default 0: any. */
	port?: number;
	/** Of packets that are sent, 1 to 255. */
	timeToLive?: number;
	/** Default `"buffer"`, and there is no other. */
	format?: "buffer";
	/** Kept for the caller. */
	target?: unknown;
	/** @param count packets that wait */
	onReadable?(this: UDP, count: number): void;
}

/**
 * `embedded:io/socket/udp` (ECMA-419 §12) on an ESP32: in the place of the SDK's class, which keeps whatever comes while XS is busy, and ends
 * the device where there is no memory to send. At most 32 packets wait, of 8 kB together; those beyond that are lost.
 */
export default class UDP extends Native("xs_xstls_udp_destructor") {
	declare target: unknown;

	/**
	 * @throws {RangeError} `port`, `timeToLive` or `format` is out of range
	 * @throws {Error} the port is in use, there is no network, or no memory
	 */
	constructor(options: UDPOptions) {
		super();
		this.construct(options);
	}
	private construct(options: UDPOptions): void {
		return native("xs_xstls_udp_constructor").call(this, options);
	}
	/** The packet that has waited for longest; `undefined` when none waits. */
	read(): (ArrayBuffer & { address: string; port: number }) | undefined {
		return native("xs_xstls_udp_read").call(this);
	}
	/** Sends one packet. @throws {Error} `address` is none, or the network or memory has no room for it */
	write(bytes: Bytes, address: string, port: number): void {
		return native("xs_xstls_udp_write").call(this, bytes, address, port);
	}
	/** Joins a multicast group, on all interfaces. @throws {Error} `group` is none, or there is no memory */
	add(group: string): void {
		return native("xs_xstls_udp_add").call(this, group);
	}
	/** Leaves it. @throws {Error} `group` is none */
	remove(group: string): void {
		return native("xs_xstls_udp_remove").call(this, group);
	}
	/** Further calls do nothing. */
	close(): void {
		return native("xs_xstls_udp_close").call(this);
	}
	get format(): "buffer" {
		return "buffer";
	}
	/** @throws {RangeError} it is another */
	set format(format: "buffer") {
		if (format !== "buffer") throw new RangeError(`Format ${String(format)} is not supported`);
	}
}

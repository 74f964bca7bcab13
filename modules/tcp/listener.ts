import type { ListenerIO, ListenerOptions } from "../io";
import TCP from "./tcp";

/**
 * `embedded:io/socket/listener` (ECMA-419 §12) on an ESP32: in the place of the SDK's class, with `TCP`. At most 16 connections wait to be read;
 * those beyond that are not answered, so that their clients ask again.
 */
export default class Listener extends Native("xs_xstls_listener_destructor") implements ListenerIO<TCP> {
	declare target: unknown;

	/**
	 * @param options `port` is 0 by default, which lets lwIP choose; `address` is one of this device's, by default all
	 * @throws {RangeError} `port` or `format` is out of range
	 * @throws {Error} the port is in use, `address` is none, there is no network, or no memory
	 */
	constructor(options: ListenerOptions<Listener> & { format?: "socket/tcp"; target?: unknown }) {
		super();
		this.construct(options);
	}
	private construct(options: ListenerOptions<Listener>): void {
		return native("xs_xstls_listener_constructor").call(this, options);
	}
	/** The next connection, which does nothing until `new TCP({ from })`; `undefined` when none waits. */
	read(): TCP | undefined {
		if (this.waiting === 0) return undefined;
		const socket = new TCP();
		if (this.take(socket)) return socket;
		socket.close();
		return undefined;
	}
	private get waiting(): number {
		return native("xs_xstls_listener_waiting").call(this);
	}
	private take(socket: TCP): boolean {
		return native("xs_xstls_listener_read").call(this, socket);
	}
	/** Stops listening, and resets connections that wait. Further calls do nothing. */
	close(): void {
		return native("xs_xstls_listener_close").call(this);
	}
	get port(): number {
		return native("xs_xstls_listener_get_port").call(this);
	}
	get format(): "socket/tcp" {
		return "socket/tcp";
	}
	/** @throws {RangeError} it is another */
	set format(format: "socket/tcp") {
		if (format !== "socket/tcp") throw new RangeError(`Format ${String(format)} is not supported`);
	}
}

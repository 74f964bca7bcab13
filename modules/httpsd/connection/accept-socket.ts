import type { Socket, SocketConstructor } from "../../io";

/** Who uses a socket: its callbacks. */
export interface SocketUser {
	/** `count` bytes can be read. */
	readable(count: number): void;
	/** `count` bytes can be written. */
	writable(count: number): void;
	/** The connection has ended. */
	close(error?: Error): void;
}

// The same functions for all sockets, which find their user as `target`: closures would cost each connection more.
function onReadable(this: Socket, count: number): void {
	(this.target as SocketUser).readable(count);
}

function onWritable(this: Socket, count: number): void {
	(this.target as SocketUser).writable(count);
}

function onError(this: Socket, error?: Error): void {
	(this.target as SocketUser).close(error);
}

/**
 * A socket of the same class that takes over the connection of `from`, which a listener has accepted. Throws what its
 * constructor throws.
 * @param lowWater bytes: that there is more room need not be told while there is room for so many.
 */
export const acceptSocket = (from: Socket, target: SocketUser, lowWater: number): Socket => {
	const TheSocket = from.constructor as SocketConstructor;
	return new TheSocket({ from, nodelay: true, lowWater, target, onReadable, onWritable, onError });
};

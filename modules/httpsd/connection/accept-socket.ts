import type { Socket, SocketConstructor, SocketUser } from "../../io";

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
	// A socket that knows of a `user` calls it by itself.
	return new TheSocket({ from, nodelay: true, lowWater, target, user: target, onReadable, onWritable, onError });
};

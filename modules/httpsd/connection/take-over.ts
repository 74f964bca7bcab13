import type { Socket, SocketConstructor } from "../../io";

/** Whom a socket tells. */
export interface SocketUser {
	/** `count` bytes can be read. */
	readable(count: number): void;
	/** `count` bytes can be written. */
	writable(count: number): void;
	/** The connection has ended. */
	close(error?: Error): void;
}

// The same for all sockets, whose target is the user: functions of their own would cost each connection more.
function onReadable(this: Socket, count: number): void {
	(this.target as SocketUser).readable(count);
}

function onWritable(this: Socket, count: number): void {
	(this.target as SocketUser).writable(count);
}

function onError(this: Socket, error?: Error): void {
	(this.target as SocketUser).close(error);
}

/** A socket of the same kind that has the connection of `from`, an accepted one. Throws what its constructor throws. */
export function takeOver(from: Socket, target: SocketUser): Socket {
	return new (from.constructor as SocketConstructor)({ from, nodelay: true, target, onReadable, onWritable, onError });
}

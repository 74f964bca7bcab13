import Timer from "timer";
import type { Socket, SocketConstructor } from "../../io";
import { limits } from "../limits";

const { readSize } = limits;

/** Takes bytes from TCP and drops them. They may be a whole window, for which a device has no room at once. */
export function drop(tcp: Socket, count: number): void {
	for (let left = count; left > 0; left -= readSize) tcp.read(left < readSize ? left : readSize);
}

/**
 * Takes over a TCP connection on which everything was sent, and closes it once the peer has, or after `milliseconds`. If it
 * were closed at once, TCP would answer what the peer has sent meanwhile (a TLS 1.3 server its tickets, for example) with a
 * reset, and a reset costs the peer what it has not read.
 */
export function linger(tcp: Socket, milliseconds: number): void {
	const TCP = tcp.constructor as SocketConstructor;
	const close = (socket: Socket): void => {
		Timer.clear(deadline);
		socket.close();
	};
	const taken = new TCP({
		from: tcp,
		onReadable(count) {
			drop(this, count);
		},
		onError() {
			close(this);
		}
	});
	const deadline = Timer.set(() => close(taken), milliseconds);
}

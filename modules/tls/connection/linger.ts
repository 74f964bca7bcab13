import Timer from "timer";
import type { Socket, SocketConstructor } from "../../io";

/**
 * Takes over a TCP connection on which the last word has been said, and closes it once the peer has, or after
 * `milliseconds`. Closed at once it would answer what is still on its way here (the tickets of a TLS 1.3 server, for
 * one) with a reset, and a reset makes the peer lose what it has not read.
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
			this.read(count);
		},
		onError() {
			close(this);
		}
	});
	const deadline = Timer.set(() => close(taken), milliseconds);
}

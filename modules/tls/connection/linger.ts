import Timer from "timer";
import type { Socket, SocketConstructor } from "../../io";
import { limits } from "../limits";

const { maxClosing, readSize } = limits;

/** Takes bytes from TCP and drops them. They may be a whole window, for which a device has no room at once. */
export const drop = (tcp: Socket, count: number): void => {
	for (let left = count; left > 0; left -= readSize) tcp.read(left < readSize ? left : readSize);
};

/** Those that wait for their peers, each with its deadline; the first to begin comes first. */
let waiting: Map<Socket, Timer> | undefined;

const close = (tcp: Socket): void => {
	const deadline = waiting?.get(tcp);
	if (deadline !== undefined) Timer.clear(deadline);
	waiting?.delete(tcp);
	tcp.close();
};

/** How many there are. */
export const countLingering = (): number => {
	return waiting?.size ?? 0;
};

/**
 * Takes over a TCP connection on which everything was sent, and closes it once the peer has, or after `milliseconds`. If it
 * were closed at once, TCP would answer what the peer has sent meanwhile (a TLS 1.3 server its tickets, a client that is
 * refused the rest of its flight) with a reset, and a reset costs the peer what it has not read. Of more than
 * `limits.maxClosing` the first is closed.
 */
export function linger(tcp: Socket, milliseconds: number): void {
	waiting ??= new Map();
	const [first] = waiting.keys();
	if (first !== undefined && waiting.size >= maxClosing) close(first);
	const TCP = tcp.constructor as SocketConstructor;
	const taken = new TCP({
		from: tcp,
		onReadable(count) {
			drop(this, count);
		},
		onError() {
			close(this);
		}
	});
	waiting.set(
		taken,
		Timer.set(() => close(taken), milliseconds)
	);
}

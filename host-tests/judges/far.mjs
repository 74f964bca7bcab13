// A server that is far away: TCP in between takes so many milliseconds in each direction.
import { connect, createServer } from "node:net";

/** @returns the port at which the server seems to be, and what ends it */
export function startFar(port, latency) {
	const open = new Set();
	const server = createServer({ allowHalfOpen: true }, near => {
		const far = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		for (const [from, to] of [
			[near, far],
			[far, near]
		]) {
			open.add(from);
			from.setNoDelay(true);
			from.on("data", bytes => setTimeout(() => to.write(bytes), latency));
			from.on("end", () => setTimeout(() => to.end(), latency));
			from.on("error", () => setTimeout(() => to.resetAndDestroy(), latency));
			from.on("close", () => open.delete(from));
		}
	});
	return new Promise(resolve => {
		server.listen(0, "127.0.0.1", () =>
			resolve({
				port: server.address().port,
				stop() {
					server.close();
					for (const socket of open) socket.destroy();
				}
			})
		);
	});
}

// A TCP proxy that changes the records of one end on their way to the other.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { closers } from "../client/peers";

/** What becomes of the `index`-th record, from 0; `undefined`: TCP ends instead of it. */
export type Change = (record: Buffer, index: number) => Buffer | undefined;

const HANDSHAKE = 22;
const DATA = 23;

/** The first encrypted record over TLS 1.3, the first of data over TLS 1.2. */
export const cutAtData: Change = record => (record[0] === DATA ? undefined : record);

export const damageData: Change = record => {
	if (record[0] === DATA) record[record.length - 1] = (record[record.length - 1] as number) ^ 1;
	return record;
};

/** A key share of X25519 becomes all zero, of which there is no secret (RFC 8446 §7.4.2). */
export const zeroShare: Change = record => {
	const at = record.indexOf(Buffer.from("001d0020", "hex"));
	return at < 0 ? record : record.fill(0, at + 4, at + 36);
};

export const firstRecord =
	(hex: string): Change =>
	(record, index) =>
		index === 0 ? Buffer.from(hex, "hex") : record;

/** Puts other bytes in the place of the `nth` record of the handshake, from 1. */
export function onHandshakeRecord(nth: number, hex: string): Change {
	return (record, index) => (record[0] === HANDSHAKE && index === nth - 1 ? Buffer.from(hex, "hex") : record);
}

/** Turns a bit of the `type` message of a TLS 1.2 handshake over, `at` bytes from its start, or from its end. */
export function damageMessage(type: number, at: number): Change {
	return record => {
		if (record[0] !== HANDSHAKE || record[5] !== type) return record;
		const index = at < 0 ? record.length + at : 5 + at;
		record[index] = (record[index] as number) ^ 1;
		return record;
	};
}

/** Nothing follows a changed record: who ends the connection by it would answer with a reset, and that takes its alert away. */
function changeRecords(from: Socket, to: Socket, change: Change): void {
	let rest = Buffer.alloc(0);
	let index = 0;
	let isOver = false;
	from.on("data", (bytes: Buffer) => {
		rest = Buffer.concat([rest, bytes]);
		while (!isOver && rest.length >= 5 && rest.length >= 5 + rest.readUInt16BE(3)) {
			const record = rest.subarray(0, 5 + rest.readUInt16BE(3));
			const changed = change(Buffer.from(record), index++);
			isOver = changed === undefined || !changed.equals(record);
			rest = rest.subarray(record.length);
			if (changed === undefined) to.end();
			else if (to.writable) to.write(changed);
		}
	});
}

function join(client: Socket, server: Socket, change: Change, end: "client" | "server"): void {
	const [changed, other] = end === "client" ? [client, server] : [server, client];
	changeRecords(changed, other, change);
	other.on("data", bytes => changed.writable && changed.write(bytes));
	for (const [one, two] of [
		[client, server],
		[server, client]
	] as const) {
		one
			.on("error", () => undefined)
			.on("end", () => two.end())
			.on("close", () => two.end());
	}
}

/** A way to `port` on which the records of that end are changed; its own port. */
export async function changeOnTheWay(port: number, end: "client" | "server", change: Change): Promise<number> {
	const proxy = createServer({ allowHalfOpen: true }, client => {
		join(client, connect({ port, host: "127.0.0.1", allowHalfOpen: true }), change, end);
	}).listen(0, "127.0.0.1");
	await once(proxy, "listening");
	closers.add(() => proxy.close());
	return (proxy.address() as AddressInfo).port;
}

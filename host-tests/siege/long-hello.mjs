// A ClientHello of any length up to what a server takes, in records of any length.

const recordHeader = 5;

/** The message that the first record has, made longer by an extension that nobody knows. */
function lengthen(message, length) {
	const more = Buffer.alloc(Math.max(length - message.length, 4));
	more.writeUInt16BE(0xfafa, 0);
	more.writeUInt16BE(more.length - 4, 2);
	const long = Buffer.concat([message, more]);
	let at = 4 + 2 + 32;
	at += 1 + long[at];
	at += 2 + long.readUInt16BE(at);
	at += 1 + long[at];
	long.writeUIntBE(long.length - 4, 1, 3);
	long.writeUInt16BE(long.length - at - 2, at);
	return long;
}

/** What is sent in place of `bytes`, which begin with a ClientHello. */
export function longHello(bytes, dice) {
	const end = recordHeader + bytes.readUInt16BE(3);
	const message = lengthen(bytes.subarray(recordHeader, end), dice.pick([1500, 3000, 8191, 8192, 8193]));
	// The server has to write one of another legacy_version anew.
	message[5] = dice.pick([3, 4]);
	const size = dice.pick([200, 2048, 8193]);
	const records = [];
	for (let from = 0; from < message.length; from += size) {
		const part = message.subarray(from, from + size);
		records.push(Buffer.of(22, 3, 1, part.length >> 8, part.length & 255), part);
	}
	return Buffer.concat([...records, bytes.subarray(end)]);
}

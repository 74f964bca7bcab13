import TCP from "embedded:io/socket/tcp";
import { memory } from "desk";
import { bytes, check, connect, equal, listen, pair, promise, run, sleep, take, throws } from "./harness";

// A pattern that shows a byte that is lost, doubled or out of place.
function pattern(offset, length) {
	const result = new Uint8Array(length);
	for (let i = 0; i < length; i++) result[i] = ((offset + i) * 31 + ((offset + i) >> 8)) & 255;
	return result;
}

function isPattern(offset, data) {
	const expected = pattern(offset, data.byteLength);
	const actual = new Uint8Array(data);
	for (let i = 0; i < expected.length; i++) if (actual[i] !== expected[i]) return false;
	return true;
}

// Keeps writing as much as is announced until `total` bytes are gone.
function sender(total) {
	const state = { sent: 0, done: promise() };
	state.onWritable = function (count) {
		const length = Math.min(count, total - state.sent);
		if (!length) return;
		const room = this.write(pattern(state.sent, length));
		equal(room, count - length, "the room that is left");
		state.sent += length;
		if (state.sent === total) state.done.resolve();
	};
	return state;
}

// Looks more than once: where the machine is busy, a timer may be due again before the socket's turn has come.
async function untilFull(source) {
	let former = 0;
	for (let unchanged = 0; unchanged < 3; ) {
		await sleep(20);
		unchanged = source.sent > 0 && source.sent === former ? unchanged + 1 : 0;
		former = source.sent;
	}
	return former;
}

check("write() returns the room that is left; zero bytes change nothing; too many throw", async () => {
	let room;
	const { client, server } = await pair({ onWritable: count => (room = count) }, {});
	equal(client.write(new ArrayBuffer(0)), room, "the room after nothing");
	equal(client.write(bytes("abc")), room - 3, "the room after three bytes");
	throws(() => client.write(new ArrayBuffer(room)), Error, "writing more than there is room for");
	equal(client.write(new Uint8Array(10).subarray(2, 4)), room - 5, "the room after a view");
	client.close();
	server.close();
});

check("nothing can be written before the connection is there", async () => {
	const listener = listen(() => {});
	const client = new TCP({ address: "127.0.0.1", port: listener.port });
	throws(() => client.write(bytes("early")), Error, "writing early");
	client.close();
	listener.close();
});

check("onWritable comes again after a write", async () => {
	let count = 0;
	const second = promise();
	const { client, server } = await pair({ onWritable: () => ++count === 2 && second.resolve() }, {});
	await sleep(5);
	equal(count, 1, "calls of onWritable before the write");
	client.write(bytes("x"));
	await second.done;
	client.close();
	server.close();
});

check("two megabytes arrive in order though the reader takes odd pieces", async () => {
	const total = 2 << 20;
	let received = 0;
	const all = promise();
	const { client, server } = await pair(sender(total), {
		onReadable(count) {
			for (; count; ) {
				const length = Math.min(count, 7001);
				const data = this.read(length);
				if (!isPattern(received, data)) throw new Error(`wrong bytes after ${received}`);
				received += length;
				count -= length;
			}
			if (received === total) all.resolve();
		}
	});
	await all.done;
	client.close();
	server.close();
});

check("a peer that does not read stops the writer, and goes on when it reads", async () => {
	const source = sender(64 << 20);
	const { client: raw, server: idle } = await connect();
	const { socket: client } = take(raw, source);
	const before = memory().allocated;
	const former = await untilFull(source);
	if (source.sent < 65536 || source.sent > 32 << 20) throw new Error(`${source.sent} bytes were taken`);
	if (memory().allocated - before > 200_000) throw new Error("what is not read is kept in memory");
	const { socket: server } = take(idle, { onReadable: count => server.read(count) });
	while (former === source.sent) await sleep(5);
	client.close();
	server.close();
});

check("what was written before close() arrives, however slow the reader", async () => {
	const source = sender(64 << 20);
	const { client: raw, server: idle } = await connect();
	const { socket: client } = take(raw, source);
	await untilFull(source);
	client.close();
	let received = 0;
	const end = promise();
	take(idle, {
		onReadable(count) {
			if (!isPattern(received, this.read(count))) throw new Error(`wrong bytes after ${received}`);
			received += count;
		},
		onError() {
			this.close();
			end.resolve();
		}
	});
	await end.done;
	equal(received, source.sent, "the bytes that arrived");
});

run();

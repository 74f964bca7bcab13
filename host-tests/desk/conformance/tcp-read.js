import { bytes, check, equal, pair, promise, run, sleep, throws } from "./harness";

// A connection whose server end has been told of `text`.
async function withText(text, format = "buffer") {
	const readable = promise();
	const { client, server } = await pair({}, { format, onReadable: readable.resolve });
	client.write(bytes(text));
	return { client, server, count: await readable.done };
}

check("onReadable says how much has come, and read() takes it all", async () => {
	const { client, server, count } = await withText("hello");
	equal(count, 5, "the count");
	equal(String.fromArrayBuffer(server.read()), "hello", "what was read");
	equal(server.read(), undefined, "a read of nothing");
	client.close();
	server.close();
});

check("read(count) takes exactly that many, and more than there is throws", async () => {
	const { client, server } = await withText("hello");
	equal(String.fromArrayBuffer(server.read(2)), "he", "the first read");
	throws(() => server.read(4), Error, "reading more than there is");
	throws(() => server.read(0), Error, "reading zero bytes");
	throws(() => server.read(-1), Error, "reading a negative count");
	throws(() => server.read(1.5), Error, "reading half a byte");
	equal(String.fromArrayBuffer(server.read(3)), "llo", "the second read");
	equal(server.read(1), undefined, "a read of nothing");
	client.close();
	server.close();
});

check("read(buffer) fills it and returns the count; a buffer larger than what there is throws", async () => {
	const { client, server } = await withText("hello");
	throws(() => server.read(new ArrayBuffer(6)), Error, "a buffer that is too large");
	throws(() => server.read(new ArrayBuffer(0)), Error, "an empty buffer");
	const view = new Uint8Array(8).fill(46);
	equal(server.read(view.subarray(1, 4)), 3, "the count");
	equal(String.fromArrayBuffer(view.buffer), ".hel....", "the buffer");
	const rest = new DataView(new ArrayBuffer(2));
	equal(server.read(rest), 2, "the count");
	equal(rest.getUint8(1), 111, "the last byte");
	client.close();
	server.close();
});

check("what is not read stays, and the next onReadable counts it too", async () => {
	const counts = [];
	const second = promise();
	const onReadable = count => {
		counts.push(count);
		if (counts.length === 2) second.resolve();
	};
	const { client, server } = await pair({}, { onReadable });
	client.write(bytes("abc"));
	while (!counts.length) await sleep(1);
	equal(String.fromArrayBuffer(server.read(1)), "a", "the first byte");
	client.write(bytes("defg"));
	await second.done;
	equal(counts.join(), "3,6", "the counts");
	equal(String.fromArrayBuffer(server.read()), "bcdefg", "the rest");
	client.close();
	server.close();
});

check('format "number" reads and writes single bytes', async () => {
	const { client, server, count } = await withText("hi", "number");
	equal(server.format, "number", "the format");
	equal(count, 2, "the count");
	equal(server.read(), 104, "the first byte");
	equal(server.read(), 105, "the second byte");
	equal(server.read(), undefined, "a read of nothing");
	server.format = "buffer";
	equal(server.format, "buffer", "the format");
	throws(() => (server.format = "string"), RangeError, "another format");
	client.close();
	server.close();
});

check("a closed socket neither reads nor writes, and closing again does nothing", async () => {
	const { client, server } = await withText("hello");
	server.close();
	server.close();
	throws(() => server.read(), Error, "reading");
	throws(() => server.write(bytes("x")), Error, "writing");
	client.close();
});

check("the peer's address and port are there", async () => {
	const { client, server } = await pair({}, {});
	equal(server.remoteAddress, "127.0.0.1", "the address");
	equal(client.remoteAddress, "127.0.0.1", "the address");
	equal(typeof server.remotePort, "number", "the port");
	client.close();
	server.close();
});

run();

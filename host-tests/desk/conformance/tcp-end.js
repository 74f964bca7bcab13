import TCP from "embedded:io/socket/tcp";
import { bytes, check, connect, equal, listen, pair, promise, run, sleep, take, throws } from "./harness";

check("the peer's close is told by onError, once, after everything has been read", async () => {
	const log = [];
	const readable = promise();
	const end = promise();
	const { client, server } = await pair(
		{},
		{
			onReadable(count) {
				log.push(count);
				readable.resolve();
			},
			onError() {
				log.push("end");
				end.resolve();
			}
		}
	);
	client.write(bytes("last words"));
	client.close();
	await readable.done;
	await sleep(20);
	equal(log.join(), "10", "what has been told before the read");
	server.read(4);
	await sleep(5);
	equal(log.join(), "10", "what has been told before the rest is read");
	server.read(6);
	await end.done;
	await sleep(5);
	equal(log.join(), "10,end", "what has been told");
	equal(server.write(bytes("x")), undefined, "a write after the end");
	equal(server.read(), undefined, "a read after the end");
	server.close();
});

check("a reset is told by onError", async () => {
	const end = promise();
	const { client, server } = await pair({}, { onError: end.resolve });
	server.write(bytes("unread"));
	await sleep(5);
	client.close(); // with something unread: the kernel resets
	await end.done;
	equal(server.write(bytes("x")), undefined, "a write after the end");
	server.close();
});

check("writing to a peer that is gone ends in onError, not in a signal", async () => {
	const { client, server } = await connect();
	const end = promise();
	const { socket, writable } = take(server, {
		onWritable() {
			this.write(bytes("again"));
		},
		onError: end.resolve
	});
	await writable;
	client.close();
	await end.done;
	socket.close();
});

check("a connection that is refused ends in onError", async () => {
	const listener = listen(() => {});
	const { port } = listener;
	listener.close();
	const end = promise();
	const client = new TCP({ address: "127.0.0.1", port, onError: end.resolve, onWritable: () => trace("not ok\n") });
	await end.done;
	client.close();
});

check("close() of itself in onReadable, onWritable and onError is safe", async () => {
	const done = [promise(), promise(), promise()];
	const first = await pair(
		{},
		{
			onReadable() {
				this.close();
				this.close();
				done[0].resolve();
			},
			onError: () => trace("not ok onError after close\n")
		}
	);
	first.client.write(bytes("x"));
	await done[0].done;
	first.client.close();
	const second = await connect();
	take(second.server, {
		onWritable() {
			this.close();
			done[1].resolve();
		}
	});
	await done[1].done;
	second.client.close();
	const third = await pair(
		{},
		{
			onError() {
				this.close();
				done[2].resolve();
			}
		}
	);
	third.client.close();
	await done[2].done;
});

check("close() of another socket that is ready in the same turn keeps its callbacks from being called", async () => {
	const sockets = [];
	const { length } = await Promise.all([0, 1, 2].map(() => pair({}, {}))).then(pairs => {
		for (const { client, server } of pairs) {
			const onReadable = () => {
				for (const socket of sockets) socket.close();
				calls++;
			};
			sockets.push(new TCP({ from: server, onReadable }));
			client.write(bytes("x"));
			clients.push(client);
		}
		return pairs;
	});
	equal(length, 3, "the pairs");
	while (!calls) await sleep(1);
	await sleep(20);
	equal(calls, 1, "calls of onReadable");
	for (const client of clients) client.close();
});
let calls = 0;
const clients = [];

check("options that make no sense throw", async () => {
	const port = 9;
	throws(() => new TCP(), TypeError, "no options");
	throws(() => new TCP({ address: "127.0.0.1" }), TypeError, "no port");
	throws(() => new TCP({ address: "127.0.0.1", port: 65536 }), RangeError, "a port that is too large");
	throws(() => new TCP({ address: "127.0.0.1", port: -1 }), RangeError, "a negative port");
	throws(() => new TCP({ address: "not an address", port }), Error, "no address");
	throws(() => new TCP({ port }), Error, "neither address nor host");
	throws(() => new TCP({ address: "127.0.0.1", port, onReadable: 1 }), TypeError, "a callback that is a number");
	throws(() => new TCP({ address: "127.0.0.1", port, format: "string" }), RangeError, "an unknown format");
	throws(() => TCP.prototype.read.call({}), Error, "read of another object");
	throws(() => TCP.prototype.close.call({}), Error, "close of another object");
});

run();

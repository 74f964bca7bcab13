import TCP from "embedded:io/socket/tcp";
import { bytes, check, connect, equal, listen, pair, promise, run, sleep, take, throws } from "./harness";

check("a socket from read() does nothing until it is taken over", async () => {
	const { client, server } = await connect();
	client.write(bytes("waits"));
	await sleep(5);
	equal(server.read(), undefined, "a read of the socket");
	throws(() => server.write(bytes("x")), Error, "a write to the socket");
	equal(server.remoteAddress, "127.0.0.1", "the address");
	const readable = promise();
	const { socket } = take(server, { onReadable: readable.resolve });
	equal(await readable.done, 5, "the count");
	equal(String.fromArrayBuffer(socket.read()), "waits", "what was read");
	socket.close();
	client.close();
});

check("what has been announced but not read is announced to the new owner", async () => {
	const first = promise();
	const second = promise();
	const { client, server } = await pair({}, { onReadable: first.resolve });
	client.write(bytes("abcdef"));
	await first.done;
	server.read(2);
	const { socket } = take(server, { onReadable: second.resolve });
	equal(await second.done, 4, "the count");
	equal(String.fromArrayBuffer(socket.read()), "cdef", "what was read");
	throws(() => server.read(), Error, "reading the former owner");
	server.close();
	socket.write(bytes("still open"));
	socket.close();
	client.close();
});

check("the new owner is told that it may write, though the former one was told already", async () => {
	const { client, server } = await pair({}, {});
	const { socket, writable } = take(server);
	await writable;
	const readable = promise();
	const { socket: reader } = take(client, { onReadable: readable.resolve });
	socket.write(bytes("hi"));
	equal(await readable.done, 2, "the count");
	socket.close();
	reader.close();
});

check("a socket that is still connecting can be taken over", async () => {
	const listener = listen(socket => socket.close());
	const early = new TCP({
		address: "127.0.0.1",
		port: listener.port,
		onWritable: () => trace("not ok former owner\n")
	});
	const { socket, writable } = take(early);
	await writable;
	socket.close();
	listener.close();
});

check("inside onReadable, with the rest still to be read", async () => {
	const rest = promise();
	const { client } = await pair(
		{},
		{
			onReadable() {
				this.read(1);
				take(this, { onReadable: rest.resolve });
			}
		}
	);
	client.write(bytes("xyz"));
	equal(await rest.done, 2, "the count");
	client.close();
});

check("an end that has not been told yet is told to the new owner", async () => {
	const { client, server } = await connect();
	client.close();
	await sleep(5);
	const end = promise();
	const { socket } = take(server, { onError: end.resolve });
	await end.done;
	socket.close();
});

check("from: what is no socket, a closed socket and a socket that was taken over throw", async () => {
	const { client, server } = await pair({}, {});
	throws(() => new TCP({ from: {} }), Error, "from an object");
	throws(() => new TCP({ from: 1 }), Error, "from a number");
	const { socket } = take(server);
	throws(() => new TCP({ from: server }), Error, "from a former owner");
	socket.close();
	throws(() => new TCP({ from: socket }), Error, "from a closed socket");
	client.close();
});

check("target and the methods of a subclass go with the new owner", async () => {
	const { client, server } = await pair({}, {});
	class Named extends TCP {
		get name() {
			return this.target.name;
		}
	}
	const named = new Named({ from: server, target: { name: "n" } });
	equal(named.name, "n", "the target's name");
	named.close();
	client.close();
});

run();

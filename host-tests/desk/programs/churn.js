// A thousand connections that end in every way leave nothing behind.

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import { exit, gc, memory } from "desk";
import Timer from "timer";

const address = "127.0.0.1";
const rests = [100, 200, 1200]; // after so many connections memory is measured, when the last of them is over
const figures = rests.map(memory);
let ended = 0;
let measured = 0;
let left = 0;

function leave(socket) {
	socket.close();
	left++;
}

function serve(socket) {
	new TCP({
		from: socket,
		onReadable(count) {
			if (ended % 3 === 0)
				leave(this); // unread: the client sees a reset
			else if (ended % 3 === 1) this.write(this.read(count));
			else this.read(1);
		},
		onError() {
			leave(this);
		}
	});
}

const listener = new Listener({
	address,
	port: 0,
	onReadable(count) {
		for (; count; count--) serve(this.read());
	}
});

function finish(socket) {
	socket.close();
	ended++;
	if (rests.includes(ended)) Timer.set(measure, 50);
	else Timer.set(start);
}

function start() {
	new TCP({
		address,
		port: listener.port,
		onWritable() {
			if (this.done) return;
			this.done = true;
			this.write(ArrayBuffer.fromString("hello"));
			if (ended % 3 === 2) finish(this);
		},
		onReadable() {
			finish(this);
		},
		onError() {
			finish(this);
		}
	});
}

function measure() {
	if (left < ended) return Timer.set(measure, 50); // where the machine is busy, the last ends are still to come
	gc();
	figures[measured++] = memory();
	if (measured < rests.length) return start();
	const [, before, after] = figures;
	const growth = name => `${name} ${after[name] - before[name]}`;
	trace(`growth: ${["chunks", "slots", "allocated"].map(growth).join(", ")}\n`);
	exit(0);
}

start();

// A chart that draws itself while values come, over server-sent events. One timer feeds all pages, and stops when the last has left.
//
// A page that lost its connection comes back with the id of the last event that it saw, and is sent what it missed.

import Resource from "Resource";
import type EventStream from "httpsd/event-stream";
import HTTPSServer from "httpsd/https-server";
import config from "mc/config";
import Timer from "timer";
import { page } from "./page";

const interval = Number(config.interval ?? 500);
const kept = 60;

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: config.port, secure });
/** The last values, the newest at the end; the newest has the id `count`. */
const values: number[] = [];
let count = 0;
const streams = new Set<EventStream>();
let timer: Timer | undefined;

/** In the place of a sensor. */
const measure = () => Math.round(50 + 30 * Math.sin(count / 5) + 20 * Math.random());

function tick(): void {
	values.push(measure());
	if (values.length > kept) values.shift();
	count++;
	for (const stream of streams) stream.send({ id: String(count), data: String(values.at(-1)) });
}

/** What came behind the event `last`, as far as it is kept. */
function sendMissed(stream: EventStream, last: number): void {
	const first = count - values.length;
	for (let id = Math.max(first, last) + 1; id <= count; id++)
		stream.send({ id: String(id), data: String(values[id - first - 1]) });
}

function open(stream: EventStream): void {
	sendMissed(stream, Number(stream.lastEventId) || 0);
	streams.add(stream);
	timer ??= Timer.repeat(tick, interval);
}

function close(stream: EventStream): void {
	streams.delete(stream);
	if (streams.size > 0 || timer === undefined) return;
	Timer.clear(timer);
	timer = undefined;
}

server.content("/", "text/html;charset=utf-8", page);
server.events("/values", open, { close });

server.start();
trace(`Serving https://localhost:${server.port}/\n`);

// Many TLS clients at once, several times over, to an echo server; then what they left in memory.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import { gc } from "desk";
import config from "mc/config";
import Timer from "timer";
import TLSContext from "tls/context";
import { measureHeap } from "tls/heap";
import TLSSocket from "tls/socket";

const connections = Number(config.connections);
const lookedUp: string[] = [];
let closed = 0;
const secure = new TLSContext({ ca: new Resource("ca.pem") });

/** The interface of the SDK's resolver (ECMA-419 §21); it answers later. */
class Resolver {
	resolve({ host, onResolved }: { host: string; onResolved(host: string, address: string): void }): void {
		lookedUp.push(host);
		Timer.set(() => onResolved(host, "127.0.0.1"), 1);
	}
	close(): void {
		closed += 1;
	}
}

function echo(index: number): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const question = `client ${index} `.repeat(1000);
		let answer = "";
		let isSent = false;
		new TLSSocket({
			host: "localhost",
			port: Number(config.port),
			dns: { io: Resolver },
			TCP: { io: TCP as never },
			secure,
			onWritable() {
				if (!isSent) this.write(ArrayBuffer.fromString(question));
				isSent = true;
			},
			onReadable() {
				answer += String.fromArrayBuffer(this.read() as ArrayBuffer);
				if (answer.length < question.length) return;
				this.close();
				resolve(answer === question);
			},
			onError: reject
		});
	});
}

async function round(): Promise<number | undefined> {
	const answers = await Promise.all(Array.from({ length: connections }, (_, index) => echo(index)));
	trace(`${answers.filter(Boolean).length} of ${connections}\n`);
	gc();
	return measureHeap().used;
}

// PSA's table of keys grows with those that are in use at once and never shrinks; what leaks grows in every round.
async function run(): Promise<void> {
	let growth = Number.POSITIVE_INFINITY;
	let before = (await round()) ?? 0;
	for (let i = 1; i < 5; i++) {
		const used = (await round()) ?? 0;
		growth = Math.min(growth, used - before);
		before = used;
	}
	trace(`looked up ${lookedUp.length}, closed ${closed}, growth ${growth}\n`);
}

run();

// A TLS server in a device's memory that takes seconds to select a context, as one that asks another machine does.

import Resource from "Resource";
import { gc, memory } from "desk";
import Timer from "timer";
import TLSListener from "tls/listener";
import TLSSocket from "tls/socket";

/** Milliseconds. */
const pause = 2000;

const listener = new TLSListener({
	port: 0,
	secure: { cert: new Resource("server.pem"), key: new Resource("server.key.pem"), ALPNProtocols: ["http/1.1"] },
	onError: error => trace(`refused ${error.code}\n`),
	select: hello =>
		new Promise(resolve => {
			Timer.set(() => {
				// What a client offers is looked at when the answer has come.
				if (hello.ALPNProtocols.length === 0) trace("no protocol\n");
				resolve(undefined);
			}, pause);
		}),
	onReadable() {
		const from = listener.read();
		if (from === undefined) return;
		gc();
		const socket = new TLSSocket({
			from,
			onWritable() {
				this.write(ArrayBuffer.fromString(JSON.stringify(memory().device?.block)));
				this.close();
			}
		});
		if (socket.tls === undefined) trace("no details\n");
	}
});
trace(`listening on ${listener.port}\n`);

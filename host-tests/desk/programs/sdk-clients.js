// The SDK's own clients, as they are, over TLSSocket, on the desk and in the simulator. "sdk/" is the SDK's
// examples/io/tcp. config.clients says which of them connect to which port, as "http:8443,mqtt:8883".

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import config from "mc/config";
import HTTPClient from "sdk/httpclient/httpclient";
import MQTTClient from "sdk/mqttclient/mqttclient";
import WebSocketClient from "sdk/websocketclient/websocketclient";
import TLSSocket from "tls/socket";

class Resolver {
	resolve({ host, onResolved }) {
		Promise.resolve().then(() => onResolved(host, "127.0.0.1"));
	}
}

const common = {
	dns: { io: Resolver },
	host: "localhost",
	socket: { io: TLSSocket, TCP: { io: TCP }, secure: { ca: new Resource("ca.pem") } },
	onError: error => trace(`error ${error?.code}\n`)
};
const text = bytes => String.fromArrayBuffer(bytes);

function http(options) {
	const client = new HTTPClient(options);
	let left = 3;
	for (const path of ["/one", "/two", "/big"]) {
		let count = 0;
		let answer = "";
		client.request({
			path,
			onHeaders: status => trace(`status ${status}\n`),
			onReadable(size) {
				const bytes = this.read(size);
				count += bytes.byteLength;
				if (count < 100) answer += text(bytes);
			},
			onDone(error) {
				trace(`done ${error ?? ""} ${answer} ${count}\n`);
				if (--left === 0) client.close();
			}
		});
	}
}

function webSocket(options) {
	const messages = ["hello", ...new Array(20).fill("x".repeat(500))];
	new WebSocketClient({
		...options,
		onWritable(room) {
			while (messages.length > 0 && room > 600) {
				room = this.write(ArrayBuffer.fromString(messages.shift()), { binary: false });
			}
		},
		onReadable(size, { more }) {
			const bytes = this.read(size);
			this.count = (this.count ?? 0) + bytes.byteLength;
			if (this.count <= 5) trace(`message ${text(bytes)}\n`);
			if (!more && this.count === 10_005) {
				trace(`messages ${this.count}\n`);
				this.write(Uint8Array.of(3, 232), { opcode: WebSocketClient.close });
			}
		},
		onControl: opcode => trace(`control ${opcode}\n`),
		onClose() {
			trace("closed\n");
			this.close();
		}
	});
}

function mqtt(options) {
	new MQTTClient({
		...options,
		id: "test",
		onControl({ operation }) {
			trace(`control ${operation}\n`);
			if (operation === MQTTClient.CONNACK) {
				this.write(null, { operation: MQTTClient.SUBSCRIBE, items: [{ topic: "a/b", QoS: 1 }] });
			}
			if (operation === MQTTClient.SUBACK) this.write(ArrayBuffer.fromString("hello"), { topic: "a/b", QoS: 1 });
		},
		onReadable(size, { topic }) {
			trace(`message ${topic} ${text(this.read(size))}\n`);
			this.close();
		}
	});
}

const clients = { http, webSocket, mqtt };
for (const client of config.clients.split(",")) {
	const [name, port] = client.split(":");
	clients[name]({ ...common, port: Number(port) });
}

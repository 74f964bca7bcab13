// The SDK's MQTT client over TLS, with a bundle of CAs in flash: it says that it is there, and reads what others say.
//
// The bundle is ESP-IDF's format, searched where it lies: RAM is taken for the one CA that is looked at.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import UDP from "embedded:io/socket/udp";
import Resolver from "embedded:network/dns/resolver/udp";
import MQTTClient from "embedded:network/mqtt/client";
import config from "mc/config";
import TLSContext from "tls/context";
import TLSSocket from "tls/socket";

const topic = config.topic ?? "moddable-https-server/hello";
// Made once, for all connections to come.
const secure = new TLSContext({ caBundle: new Resource("x509_crt_bundle") });

/** The SDK's client calls its own `onError` without the error; this keeps it. */
let lastError;
class KeepingSocket extends TLSSocket {
	constructor(options) {
		super({
			...options,
			onError(error) {
				lastError = error;
				options.onError?.call(this, error);
			}
		});
	}
}

new MQTTClient({
	host: config.broker ?? "test.mosquitto.org",
	port: Number(config.brokerPort ?? 8886),
	id: `xs-${Math.floor(Math.random() * 1e9)}`,
	dns: { io: Resolver, servers: ["1.1.1.1", "9.9.9.9"], socket: { io: UDP } },
	socket: { io: KeepingSocket, TCP: { io: TCP }, secure },
	onControl({ operation }) {
		if (operation === MQTTClient.CONNACK) {
			trace("Connected over TLS\n");
			this.write(null, { operation: MQTTClient.SUBSCRIBE, items: [{ topic, QoS: 1 }] });
		}
		if (operation === MQTTClient.SUBACK) this.write(ArrayBuffer.fromString("hello"), { topic, QoS: 1 });
	},
	onReadable(count, options) {
		trace(`${options.topic ?? topic}: ${String.fromArrayBuffer(this.read(count))}\n`);
	},
	onError: () => trace(`The connection is lost: ${lastError?.message ?? "closed by the broker"}\n`)
});

// A zone at pebble-challtestsrv: what an application's own functions do at whoever serves its names.

import TCP from "embedded:io/socket/tcp";
import Resolver from "embedded:network/dns/resolver/udp";
import HTTPClient from "embedded:network/http/client";
import type { DNSZone } from "acme/dns-challenge";

function post(port: number, path: string, content: object): Promise<void> {
	const bytes = ArrayBuffer.fromString(JSON.stringify(content));
	return new Promise((resolve, reject) => {
		const client = new HTTPClient({
			host: "127.0.0.1",
			port,
			dns: { io: Resolver },
			socket: { io: TCP },
			onError: reject
		});
		client.request({
			method: "POST",
			path,
			headers: new Map([["content-length", String(bytes.byteLength)]]),
			onWritable() {
				this.write(bytes);
			},
			onReadable(count) {
				if (count > 0) this.read(count);
			},
			onDone(error) {
				client.close();
				if (error === null) resolve();
				else reject(error);
			}
		});
	});
}

export function zoneAt(port: number): DNSZone {
	return {
		add: (name, value) => post(port, "/set-txt", { host: `${name}.`, value }),
		remove: name => post(port, "/clear-txt", { host: `${name}.` })
	};
}

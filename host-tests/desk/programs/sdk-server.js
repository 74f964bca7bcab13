// The SDK's own HTTP server, as it is, over TLSListener. "sdk/" is the SDK's examples/io/listener. It hands its `io` a
// port and no more, so the identity comes by a class of one's own.

import Resource from "Resource";
import HTTPServer from "sdk/httpserver/httpserver";
import TLSListener from "tls/listener";

const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };

class SecureListener extends TLSListener {
	constructor(options) {
		super({ ...options, address: "127.0.0.1", secure });
		trace(`listening on ${this.port}\n`);
	}
}

const answer = {
	onResponse(response) {
		this.content = ArrayBuffer.fromString(this.text ?? "a page of the SDK's server");
		response.headers.set("content-length", this.content.byteLength);
		this.respond(response);
	},
	onWritable() {
		this.write(this.content);
	}
};

const upload = {
	...answer,
	onRequest() {
		this.length = 0;
	},
	onReadable(count) {
		this.length += this.read(count).byteLength;
		this.text = `${this.length} bytes`;
	}
};

const server = new HTTPServer({
	io: SecureListener,
	port: 0,
	onConnect(connection) {
		connection.accept({
			onRequest(request) {
				this.route = request.path === "/upload" ? upload : answer;
			}
		});
	}
});

export const { port } = server;

export function stop() {
	server.close();
}

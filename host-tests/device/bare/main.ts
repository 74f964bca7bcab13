// What a firmware has that listens for TCP connections and nothing else: neither TLS nor HTTP. What the demo takes of flash
// beyond that is what these modules add (docs/device.md, Flash).

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";

new Listener({
	port: 443,
	onReadable() {
		const socket = new TCP({
			from: this.read() as TCP,
			onReadable() {
				this.read();
				this.write(ArrayBuffer.fromString("HTTP/1.0 204 No Content\r\n\r\n"));
				this.close();
			}
		});
		return socket;
	}
});

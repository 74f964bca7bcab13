// Sends back what comes, and says on stdout what it is told.

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";

const listener = new Listener({
	address: "127.0.0.1",
	port: 0,
	onReadable(count) {
		for (; count; count--)
			new TCP({
				from: this.read(),
				onReadable(length) {
					trace(`readable ${length}\n`);
					this.write(this.read());
				},
				onError() {
					trace("end\n");
					this.close();
				}
			});
	}
});
trace(`port ${listener.port}\n`);

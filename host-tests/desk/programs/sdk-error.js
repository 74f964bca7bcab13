// The class of docs/client.md that keeps the error, under the SDK's HTTP client, with a server that nobody vouches for.
// "kept/" is the folder with that class.

import TCP from "embedded:io/socket/tcp";
import KeepingSocket, { lastError } from "kept/socket";
import config from "mc/config";
import HTTPClient from "sdk/httpclient/httpclient";

class Resolver {
	resolve({ host, onResolved }) {
		Promise.resolve().then(() => onResolved(host, "127.0.0.1"));
	}
}

new HTTPClient({
	host: "localhost",
	port: config.port,
	dns: { io: Resolver },
	socket: { io: KeepingSocket, TCP: { io: TCP }, secure: { pinnedPublicKeys: ["00".repeat(32)] } },
	onError(error) {
		trace(`given ${error}, kept ${lastError.code}\n`);
	}
}).request({ path: "/" });

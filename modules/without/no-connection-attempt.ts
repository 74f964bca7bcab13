// In the place of tls/connection/connection-attempt.

/** What a `TLSSocket` makes that connects to a server. */
export default class NoConnectionAttempt {
	constructor() {
		throw new TypeError("This firmware has no TLS clients: its manifest includes modules/without/clients.json");
	}
}

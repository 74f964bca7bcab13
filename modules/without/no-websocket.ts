// In the place of httpsd/websocket/endpoint.

/** What `server.websocket()` makes. */
export default class NoWebSocketEndpoint {
	constructor() {
		throw new TypeError("This firmware has no WebSockets: its manifest includes modules/without/websocket.json");
	}
}

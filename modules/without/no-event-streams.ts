// In the place of httpsd/event-streams/source.

/** What `server.events()` calls. */
export function serveEvents(): never {
	throw new TypeError("This firmware has no event streams: its manifest includes modules/without/event-streams.json");
}

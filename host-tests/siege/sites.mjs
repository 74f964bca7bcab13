// What is besieged, and what there is to ask for.

const memorySite = "build/js/host-tests/programs/httpsd/memory-site.js";

/** What host-tests/programs/httpsd/siege-routes.ts has. */
const routes = {
	gets: ["/", "/query", "/page", "/long", "/pieces/3", "/nowhere"],
	long: ["/pieces/2000", "/long", "/page", "/made/2"],
	posts: ["/text", "/bytes", "/json", "/form", "/fields", "/parts", "/stream", "/", "/nowhere"],
	sockets: ["/ws", "/json"],
	events: ["/events"],
	tells: ["/broadcast", "/event"]
};

/** What host-tests/device/site serves on a device; `--served` names the port. */
export const chip = { name: "chip", share: 1, hasFigures: true, ...routes };

export const sites = [
	{
		name: "test program",
		program: memorySite,
		pattern: /listening on (\d+)/,
		share: 0.7,
		hasFigures: true,
		...routes
	},
	{
		name: "demo",
		program: "build/js/main.js",
		pattern: /Serving https:\/\/[^:]+:(\d+)/,
		share: 0.3,
		gets: ["/", "/chat", "/ca.crt", "/nowhere"],
		long: ["/", "/chat"],
		posts: ["/", "/chat", "/nowhere"],
		sockets: ["/chat/socket"],
		events: ["/chat"],
		tells: ["/chat"]
	}
];

// What is besieged, and what there is to ask for.

const memorySite = "build/js/host-tests/programs/httpsd/memory-site.js";

export const sites = [
	{
		name: "test program",
		program: memorySite,
		pattern: /listening on (\d+)/,
		share: 0.7,
		hasFigures: true,
		gets: ["/", "/query", "/page", "/long", "/pieces/3", "/nowhere"],
		long: ["/pieces/2000", "/long", "/page", "/made/2"],
		posts: ["/text", "/bytes", "/json", "/form", "/fields", "/parts", "/stream", "/", "/nowhere"],
		sockets: ["/ws", "/json"],
		events: ["/events"],
		tells: ["/broadcast", "/event"]
	},
	{
		name: "demo",
		program: "build/js/main.js",
		pattern: /Serving https:\/\/[^:]+:(\d+)/,
		share: 0.3,
		gets: ["/", "/app.js", "/ca.crt", "/nowhere"],
		long: ["/app.js", "/app.css"],
		posts: ["/", "/live", "/nowhere"],
		sockets: ["/live"],
		events: ["/app.js"],
		tells: ["/"]
	}
];

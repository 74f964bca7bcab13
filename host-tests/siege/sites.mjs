// What is besieged, and what there is to ask for.

const programs = "build/js/host-tests/programs/httpsd";

/** What host-tests/programs/httpsd/siege-routes.ts has. */
const routes = {
	gets: ["/", "/query", "/page", "/long", "/pieces/3", "/nowhere"],
	long: ["/pieces/2000", "/long", "/page", "/made/2"],
	posts: ["/text", "/bytes", "/say", "/json", "/form", "/fields", "/parts", "/stream", "/", "/nowhere"],
	sockets: ["/ws", "/json"],
	events: ["/events"],
	tells: ["/broadcast", "/event"],
	patient: ["/query", "/patient"]
};

/**
 * What host-tests/device/site serves on a device; `--served` names the port. Connections for which there is no place are not answered there, and an
 * emulator's network asks again after 6 s, where systems do after one: so a visit may take longer.
 */
export const chip = { name: "chip", share: 1, hasFigures: true, askingAgain: 18_000, ...routes };

const sites = [
	{
		name: "test program",
		program: `${programs}/memory-site.js`,
		pattern: /listening on (\d+)/,
		share: 0.4,
		hasFigures: true,
		...routes
	},
	{
		name: "features",
		program: `${programs}/features-site.js`,
		pattern: /listening on (\d+)/,
		share: 0.25,
		hasFigures: true,
		features: true,
		gets: ["/", "/json", "/old", "/memory/page.html", "/digest/x", "/nowhere"],
		long: ["/", "/memory/page.html"],
		posts: ["/echo", "/", "/nowhere"],
		sockets: ["/"],
		events: ["/"],
		tells: ["/"],
		patient: ["/json", "/limited/x"]
	},
	{
		name: "patience",
		program: `${programs}/patient-site.js`,
		pattern: /listening on (\d+)/,
		share: 0.15,
		hasFigures: true,
		gets: ["/", "/wait", "/later", "/nowhere"],
		long: ["/"],
		posts: ["/text", "/parts", "/", "/nowhere"],
		// A handler of 3 s for each of a thousand messages has its WebSocket go on for as long, whether its client has left or not.
		sockets: ["/nowhere"],
		events: ["/events"],
		tells: ["/"],
		patient: ["/query", "/wait", "/later", "/after"]
	},
	{
		name: "names",
		program: `${programs}/names-site.js`,
		pattern: /listening on (\d+)/,
		share: 0.1,
		hasFigures: true,
		gets: ["/", "/log/x", "/redirect?a", "/files/dir", "/bearer/x", "/nowhere"],
		long: ["/log/x"],
		posts: ["/form", "/parts", "/nowhere"],
		sockets: ["/ws"],
		events: ["/"],
		tells: ["/"],
		patient: ["/", "/redirect?a", "/wait"]
	},
	{
		name: "demo",
		program: "build/js/main.js",
		pattern: /Serving https:\/\/[^:]+:(\d+)/,
		share: 0.1,
		gets: ["/", "/app.js", "/ca.crt", "/nowhere"],
		long: ["/app.js", "/app.css"],
		posts: ["/", "/live", "/nowhere"],
		sockets: ["/live"],
		events: ["/app.js"],
		tells: ["/"],
		patient: ["/"]
	}
];

/** In an ESP8266's memory there is no room for TLS, or for a larger program. */
const plainSites = [
	{
		name: "small program, no TLS",
		program: `${programs}/small-site.js`,
		pattern: /listening on (\d+)/,
		share: 1,
		hasFigures: true,
		isPlain: true,
		gets: ["/", "/nowhere"],
		long: ["/"],
		posts: ["/text", "/", "/nowhere"],
		sockets: ["/ws"],
		events: ["/"],
		tells: ["/"],
		patient: ["/", "/wait"]
	}
];

export const sitesOf = platform => (platform === "esp8266" ? plainSites : sites);

// Who asks, behind a proxy: only what trusted proxies have written is believed, and that is at the end of a list.
import { describe, expect, test } from "@jest/globals";
import Headers from "httpsd/headers";
import TrustedProxies, { type ForwardedField } from "httpsd/server/trusted-proxies";
import { parseForwarded } from "httpsd/values/forwarded";
import { FakeListener, settle } from "../fake-socket";
import { parse, serve } from "../harness";
import { opening } from "../websocket/ws-client";

const headersOf = (fields: readonly string[]) => Headers.parse(fields, 0);
const addresses = ["192.0.2.1", "10.0.0.0/8", "fd00::/8"];
const fields = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"] as const;
const options = { addresses, fields };

test.each([
	["nothing", [], {}],
	["one proxy", ["X-Forwarded-For: 203.0.113.7"], { address: "203.0.113.7" }],
	["what the client has put before it", ["X-Forwarded-For: 1.1.1.1, 203.0.113.7"], { address: "203.0.113.7" }],
	["in a line of its own", ["X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.7"], { address: "203.0.113.7" }],
	["a trusted proxy behind it", ["X-Forwarded-For: 1.1.1.1, 203.0.113.7, 10.1.2.3"], { address: "203.0.113.7" }],
	["trusted ones only", ["X-Forwarded-For: 10.1.2.3, fd00::1"], { address: "10.1.2.3" }],
	["a port", ["X-Forwarded-For: 203.0.113.7:4711"], { address: "203.0.113.7" }],
	["IPv6 with a port", ["X-Forwarded-For: [2001:db8::1]:4711"], { address: "2001:db8::1" }],
	["IPv6", ["X-Forwarded-For: 2001:db8::1"], { address: "2001:db8::1" }],
	["no address", ["X-Forwarded-For: 1.1.1.1, <script>"], { address: "unknown" }],
	["an address that is not told", ["X-Forwarded-For: 1.1.1.1, unknown"], { address: "unknown" }],
	["a client that came by a Unix socket", ["X-Forwarded-For: 1.1.1.1, unix:"], { address: "unknown" }],
	["one behind a trusted proxy", ["X-Forwarded-For: 1.1.1.1, unknown, 10.1.2.3"], { address: "unknown" }],
	["empty members", ["X-Forwarded-For: 203.0.113.7, ,"], { address: "203.0.113.7" }],
	[
		"scheme and host",
		["X-Forwarded-Proto: https", "X-Forwarded-Host: a.example:8443"],
		{ scheme: "https", host: "a.example:8443" }
	],
	["a host that is none", ["X-Forwarded-Host: a b"], {}],
	["a scheme that is none", ["X-Forwarded-Proto: gopher"], {}],
	["fields that the proxy does not set", ["Forwarded: for=203.0.113.7"], {}],
	[
		"the scheme of the first of two proxies",
		["X-Forwarded-For: 203.0.113.7, 10.1.2.3", "X-Forwarded-Proto: https, http"],
		{ address: "203.0.113.7", scheme: "https" }
	],
	[
		"a scheme that the second has handed on",
		["X-Forwarded-For: 203.0.113.7, 10.1.2.3", "X-Forwarded-Proto: https"],
		{ address: "203.0.113.7", scheme: "https" }
	]
])("X-Forwarded: %s", (_, lines, expected) => {
	expect(new TrustedProxies(options).read("192.0.2.1", headersOf(lines))).toEqual(expected);
	expect(new TrustedProxies(options).read("192.0.2.2", headersOf(lines))).toBe(undefined);
});

test("a field that the proxy is not said to set is the client's, and not believed", () => {
	const said = { "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https", "x-forwarded-host": "a.example" };
	const lines = [...Object.entries(said).map(([name, value]) => `${name}: ${value}`), "Forwarded: for=6.6.6.6"];
	const read = (...given: ForwardedField[]) =>
		new TrustedProxies({ addresses, fields: given }).read("192.0.2.1", headersOf(lines));
	expect(read("X-Forwarded-For")).toEqual({ address: "203.0.113.7" });
	expect(read("X-Forwarded-For", "X-Forwarded-Proto")).toEqual({ address: "203.0.113.7", scheme: "https" });
	expect(read("X-Forwarded-Host")).toEqual({ host: "a.example" });
	expect(read("Forwarded")).toEqual({ address: "6.6.6.6" });
});

test.each([
	["for=203.0.113.7;proto=https;host=a.example", { address: "203.0.113.7", scheme: "https", host: "a.example" }],
	['for=1.1.1.1, For="[2001:db8::1]:4711"; PROTO=http', { address: "2001:db8::1", scheme: "http" }],
	['for="abc, for=203.0.113.7', { address: "203.0.113.7" }],
	["for=_hidden", { address: "_hidden" }],
	["for=203.0.113.7, for=10.0.0.1;proto=http", { address: "203.0.113.7" }],
	["=;;for", { address: "unknown" }],
	[`${"for=1.1.1.1,".repeat(100)}for=203.0.113.7`, { address: "203.0.113.7" }]
])("Forwarded: %s", (field, expected) => {
	const proxies = new TrustedProxies({ addresses, fields: ["Forwarded"] });
	expect(proxies.read("::ffff:192.0.2.1", headersOf([`Forwarded: ${field}`]))).toEqual(expected);
});

// A client chooses its Host, in which RFC 3986 allows commas, semicolons and equals signs.
test.each([
	["a semicolon", "a;for=6.6.6.6;b", "203.0.113.7"],
	["a comma", "a,for=6.6.6.6;b", "203.0.113.7"],
	["many commas", ",".repeat(29), "203.0.113.7"],
	["too many commas", ",for=6.6.6.6".repeat(40), "unknown"],
	["a quote that the proxy has not escaped", 'a",for=6.6.6.6;b', "unknown"],
	["one that it has", 'a\\",for=6.6.6.6;b=\\"', "203.0.113.7"]
])("what a client has put into the host that a proxy quotes is no address: %s", (_, host, expected) => {
	const proxies = new TrustedProxies({ addresses, fields: ["Forwarded"] });
	for (const before of ["", 'for="1.1.1.1, '])
		for (const field of [`for=203.0.113.7;host="${host}"`, `host="${host}";for=203.0.113.7`])
			expect(proxies.read("192.0.2.1", headersOf([`Forwarded: ${before}${field}`]))?.address).toBe(expected);
});

test("members beyond maxProxies are not read, however many there are", () => {
	for (const n of [7, 8, 9]) expect(parseForwarded("for=1.1.1.1,".repeat(n))).toHaveLength(Math.min(n, 8));
	const addressOf = (n: number) =>
		new TrustedProxies(options).read("10.0.0.1", headersOf([`X-Forwarded-For: 1.1.1.1${", 10.0.0.1".repeat(n)}`]))
			?.address;
	expect([addressOf(7), addressOf(8)]).toEqual(["1.1.1.1", "10.0.0.1"]);
});

test("networks at their edges, and what is none", () => {
	const trusts = (network: string, address: string) =>
		new TrustedProxies({ addresses: [network], fields }).read(address, headersOf([])) !== undefined;
	for (const [network, inside, outside] of [
		["10.0.0.128/25", ["10.0.0.128", "10.0.0.255"], ["10.0.0.127", "10.0.1.0"]],
		["10.1.2.3/32", ["10.1.2.3"], ["10.1.2.2", "10.1.2.4"]],
		["fd00::/7", ["fc00::1", "fdff::"], ["fe00::", "10.0.0.1"]],
		["0.0.0.0/0", ["1.2.3.4"], ["::1"]]
	] as const) {
		for (const address of inside)
			expect([network, address, trusts(network, address)]).toEqual([network, address, true]);
		for (const address of outside)
			expect([network, address, trusts(network, address)]).toEqual([network, address, false]);
	}
	for (const bad of ["", "a", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "::/129", "10.0.0.0/8/8"])
		expect(() => new TrustedProxies({ addresses: [bad], fields })).toThrow(TypeError);
	expect(() => new TrustedProxies({} as never)).toThrow(TypeError);
	for (const bad of [undefined, [], ["Via"], "Forwarded", ["Forwarded", "X-Forwarded-For"]])
		expect(() => new TrustedProxies({ addresses: [], fields: bad as never })).toThrow(TypeError);
});

describe("over a fake listener", () => {
	const said = "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: a.example\r\n";
	const answerTo = async (text: string, from: string) => {
		const client = FakeListener.last.connect(from);
		await settle();
		client.send(text);
		await settle();
		return parse(client.take());
	};

	test("a request's address, scheme and host, from a trusted proxy and from anyone else", async () => {
		serve({ trustedProxies: options }).get("/", (request, response) =>
			response.json([request.address, request.scheme, request.host, request.peer.remoteAddress])
		);
		const get = `GET / HTTP/1.1\r\nHost: inner\r\n${said}\r\n`;
		expect((await answerTo(get, "10.0.0.9")).body).toBe('["203.0.113.7","https","a.example","10.0.0.9"]');
		expect((await answerTo(get, "192.0.2.9")).body).toBe('["192.0.2.9","http","inner","192.0.2.9"]');
	});

	test("a WebSocket's origin is compared with what the client has asked for", async () => {
		serve({ trustedProxies: options }).websocket("/ws", {});
		const text = opening({ Origin: "https://a.example" }).replace("\r\n\r\n", `\r\n${said}\r\n`);
		expect((await answerTo(text, "10.0.0.9")).status).toBe(101);
		expect((await answerTo(text, "192.0.2.9")).status).toBe(403);
	});
});

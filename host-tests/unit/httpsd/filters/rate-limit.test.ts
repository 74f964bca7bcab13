import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type RateLimitOptions, rateLimit } from "httpsd/filters/rate-limit";
import { networkOf } from "httpsd/values/network";
import { FakeListener, settle } from "../fake-socket";
import { parse, serve } from "../harness";

async function get(address: string): Promise<string> {
	const client = FakeListener.last.connect(address);
	await settle();
	client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	const { status, headers } = parse(client.take());
	client.leave();
	return headers["retry-after"] === undefined ? String(status) : `${status} after ${headers["retry-after"]}`;
}

function start(options: RateLimitOptions): void {
	const server = serve();
	server.use("/", rateLimit(options));
	server.get("/", (_, response) => response.send("x"));
}

describe("B11 rate limit", () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	test("a burst is answered, then so many a second, for each address", async () => {
		start({ rate: 0.5, burst: 3 });
		const first = [await get("192.0.2.1"), await get("192.0.2.1"), await get("192.0.2.1"), await get("192.0.2.1")];
		expect(first).toEqual(["200", "200", "200", "429 after 2"]);
		expect(await get("192.0.2.2")).toBe("200");
		jest.advanceTimersByTime(1999);
		expect(await get("192.0.2.1")).toBe("429 after 1");
		jest.advanceTimersByTime(1);
		expect([await get("192.0.2.1"), await get("192.0.2.1")]).toEqual(["200", "429 after 2"]);
		jest.advanceTimersByTime(60_000);
		expect([await get("192.0.2.1"), await get("192.0.2.1"), await get("192.0.2.1")]).toEqual(["200", "200", "200"]);
		expect(await get("192.0.2.1")).toBe("429 after 2");
	});

	test("an IPv6 network of 64 bits is one address, an IPv4 address in IPv6 form is itself", async () => {
		start({ rate: 1 });
		expect([await get("2001:db8::1"), await get("2001:db8::2"), await get("2001:db8:0:0:9::2")]).toEqual([
			"200",
			"429 after 1",
			"429 after 1"
		]);
		expect([await get("2001:db8:0:1::1"), await get("::1"), await get("::2")]).toEqual(["200", "200", "429 after 1"]);
		expect([await get("::ffff:192.0.2.1"), await get("::ffff:192.0.2.2")]).toEqual(["200", "200"]);
	});

	test.each([
		["192.0.2.1", "192.0.2.1"],
		["::ffff:192.0.2.1", "192.0.2.1"],
		["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
		["2001:db8::6", "2001:db8:0:0"],
		["fe80::", "fe80:0:0:0"],
		["::", "0:0:0:0"],
		["", ""]
	])("%s counts as %s", (address, network) => {
		expect(networkOf(address)).toBe(network);
	});

	test("an address is limited among more than maxAddresses too; a new one has to wait like it, and no longer", async () => {
		start({ rate: 0.1, burst: 3, maxAddresses: 4 });
		const others = [1, 2, 3, 4].map(last => `198.51.100.${last}`);
		const answers: string[] = [];
		for (let round = 0; round < 5; round++) {
			answers.push(await get("192.0.2.1"));
			for (const other of others) await get(other);
		}
		expect(answers).toEqual(["200", "200", "200", "429 after 10", "429 after 10"]);
		jest.advanceTimersByTime(30_000);
		expect([await get("203.0.113.1"), await get("203.0.113.1"), await get("203.0.113.1")]).toEqual([
			"200",
			"200",
			"200"
		]);
	});

	test("at most maxAddresses are kept; a key of the application; bad options", async () => {
		start({ rate: 1, maxAddresses: 2 });
		for (const address of ["a.1", "b.2", "a.1", "c.3"]) await get(address);
		expect([await get("a.1"), await get("b.2")]).toEqual(["429 after 1", "429 after 1"]);
		start({ rate: 1, key: request => request.method });
		expect([await get("a.1"), await get("b.2")]).toEqual(["200", "429 after 1"]);
		for (const options of [{ rate: 0 }, { rate: Number.NaN }, { rate: 1, burst: 0.5 }, { rate: 1, maxAddresses: 0 }])
			expect(() => rateLimit(options)).toThrow(RangeError);
	});

	test("tokens that begin alike, as those of one issuer do, are counted apart", async () => {
		let token = "";
		start({ rate: 1, key: () => token });
		const askAs = async (each: string) => {
			token = `eyJhbGciOiJFUzI1NiJ9.${"c".repeat(200)}.${each.repeat(43)}`;
			return get("192.0.2.1");
		};
		expect([await askAs("a"), await askAs("b"), await askAs("a")]).toEqual(["200", "200", "429 after 1"]);
	});
});

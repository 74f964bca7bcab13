import { isIP } from "node:net";
import { expect, test } from "@jest/globals";
import { formatIPAddress, parseIPAddress } from "text/ip-address";

test.each([
	["0.0.0.0", "00000000"],
	["255.254.1.2", "fffe0102"],
	["::", "00000000000000000000000000000000"],
	["::1", "00000000000000000000000000000001"],
	["1::", "00010000000000000000000000000000"],
	["2001:db8::a:b", "20010db8000000000000000000 0a000b".replace(" ", "")],
	["1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
	["::ffff:192.0.2.1", "00000000000000000000ffffc0000201"]
])("%s is parsed", (text, hex) => {
	expect(isIP(text)).toBeGreaterThan(0);
	expect(Buffer.from(parseIPAddress(text) ?? []).toString("hex")).toBe(hex);
});

test.each([
	"",
	"1.2.3",
	"1.2.3.256",
	"01.2.3.4",
	"1.2.3.4.",
	"localhost",
	":",
	":::",
	"1::2::3",
	"1:2:3:4:5:6:7",
	"1:2:3:4:5:6:7:8:9",
	"1:2:3:4:5:6:7::8",
	"12345::",
	"g::",
	"::1%eth0",
	"[::1]",
	"1.2.3.4::"
])("%s is no address", text => {
	expect(parseIPAddress(text)).toBeUndefined();
});

test("is written as OpenSSL does", () => {
	expect(formatIPAddress(Uint8Array.of(192, 0, 2, 1))).toBe("192.0.2.1");
	expect(formatIPAddress(new Uint8Array(parseIPAddress("2001:db8::1") ?? []))).toBe("2001:DB8:0:0:0:0:0:1");
});

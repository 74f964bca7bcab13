// The name server's socket, which a test fills.

import { expect, jest, test } from "@jest/globals";

type Question = ArrayBuffer & { address: string; port: number };
const waiting: Question[] = [];
const answered: string[] = [];
let onReadable: (count: number) => void = () => {};
jest.mock(
	"embedded:io/socket/udp",
	() => ({
		__esModule: true,
		default: class {
			constructor(options: { onReadable: typeof onReadable }) {
				onReadable = options.onReadable;
			}
			read() {
				return waiting.shift();
			}
			write(_: ArrayBuffer, address: string) {
				answered.push(address);
				if (address.endsWith(".9")) throw new Error("UDP send failed");
			}
			close() {}
		}
	}),
	{ virtual: true }
);
const { default: Responder } = require("provisioning/dns/responder") as typeof import("provisioning/dns/responder");

test("Z16 many questions at once: all are read, eight are answered, and one that cannot be answered ends nothing", () => {
	new Responder({ address: "192.168.4.1", isOurs: address => address.startsWith("192.168.4.") }, 53);
	const bytes = Buffer.from("000001000001000000000000016100000100010a", "hex");
	const ask = (address: string) =>
		waiting.push(Object.assign(Uint8Array.from(bytes).buffer, { address, port: 1 }) as Question);
	ask("10.0.0.1");
	for (let at = 0; at < 100; at++) ask(`192.168.4.${9 + at}`);
	onReadable(101);
	expect([waiting.length, answered.length, answered[0]]).toEqual([0, 7, "192.168.4.9"]);
});

// What becomes of bytes that a peer has chosen, in the engine that decodes them.

import { isPlainText, toServername, toText } from "tls/config/text";
import { TLSDetails } from "tls/details";

const bytes: Record<string, number[]> = {
	ascii: [0x41, 0x2e, 0x62],
	utf8: [0xc3, 0xa9],
	pair: [0xf0, 0x9f, 0x98, 0x80],
	empty: [],
	"NUL alone": [0],
	"NUL within": [0x61, 0, 0x62],
	"NUL of two bytes": [0x61, 0xc0, 0x80],
	overlong: [0xc1, 0x81],
	surrogate: [0xed, 0xa0, 0x80],
	cut: [0x61, 0xc3],
	none: [0xff, 0xfe]
};
for (const [name, list] of Object.entries(bytes)) {
	const { buffer } = Uint8Array.from(list);
	trace(`${name}: ${JSON.stringify([toText(buffer) ?? null, toServername(buffer) ?? null])}\n`);
}
const agreed = { peerVerdict: 0, version: 0x0304, cipher: "", isResumed: false };
for (const identity of [[0x61], [0x61, 0], [0xff]]) {
	const { pskIdentity } = new TLSDetails({ ...agreed, pskIdentity: Uint8Array.from(identity).buffer } as never);
	trace(`identity: ${typeof pskIdentity === "string" ? pskIdentity : pskIdentity?.byteLength}\n`);
}
const texts = ["a", "é\u{1F600}", "a\0", "\ud800", "\udc00a", "\ud83d\ude00"];
trace(`plain: ${texts.map(isPlainText)}\n`);

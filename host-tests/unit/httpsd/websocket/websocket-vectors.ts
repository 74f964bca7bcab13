// What clients send once a WebSocket is open, and what becomes of it: for tests that feed it whole and at every split,
// in Node and on the desk host. Their server echoes messages of up to 1,000 bytes in up to 4 fragments.

import { closeFrame, frame } from "./ws-frames";

export const vectorLimits = { maxMessage: 1000, maxFragments: 4 } as const;

const text = (length: number) => "0123456789".repeat(100).slice(0, length);

/** Conversations that end with an answer to the client's Close: the messages and Pongs that come back before it. */
export const goodFrames: readonly (readonly [name: string, sent: Buffer, answers: readonly string[]])[] = [
	["text", frame(1, "Hello"), ["1 Hello"]],
	["empty text", frame(1), ["1 "]],
	["binary", frame(2, Buffer.from([0, 255, 128, 10])), ["2 \x00\xff\x80\n"]],
	["empty binary", frame(2), ["2 "]],
	["a key of zeros", frame(1, "plain", { key: [0, 0, 0, 0] }), ["1 plain"]],
	["a key with high bits", frame(1, "plain text", { key: [0xff, 0x80, 0xfe, 0x81] }), ["1 plain text"]],
	["NUL in text", frame(1, "a\0b"), ["1 a\0b"]],
	["four-byte characters", frame(1, "\u{1f600}!"), ["1 \xf0\x9f\x98\x80!"]],
	["125 bytes", frame(1, text(125)), [`1 ${text(125)}`]],
	["126 bytes", frame(1, text(126)), [`1 ${text(126)}`]],
	["as long as is taken", frame(1, text(1000)), [`1 ${text(1000)}`]],
	["two messages", Buffer.concat([frame(1, "a"), frame(2, "b")]), ["1 a", "2 b"]],
	["two fragments", Buffer.concat([frame(1, "Hel", { fin: false }), frame(0, "lo")]), ["1 Hello"]],
	["empty fragments", Buffer.concat([frame(2, "", { fin: false }), frame(0, "", { fin: false }), frame(0)]), ["2 "]],
	[
		"as many fragments as are taken",
		Buffer.concat([frame(1, "a", { fin: false }), ...["b", "c"].map(b => frame(0, b, { fin: false })), frame(0, "d")]),
		["1 abcd"]
	],
	[
		"a character over two fragments",
		Buffer.concat([frame(1, Buffer.from([0xe2, 0x82]), { fin: false }), frame(0, Buffer.from([0xac]))]),
		["1 \xe2\x82\xac"]
	],
	[
		"Ping and Pong between fragments",
		Buffer.concat([frame(1, "a", { fin: false }), frame(9, "p"), frame(10, "q"), frame(0, "b")]),
		["10 p", "1 ab"]
	],
	["Ping", frame(9), ["10 "]],
	["Ping of 125 bytes", frame(9, text(125)), [`10 ${text(125)}`]],
	["unsolicited Pong", frame(10, "x"), []]
];

/** Frames that fail the connection, with the code. */
export const refusedFrames: readonly (readonly [name: string, code: number, sent: Buffer])[] = [
	["unmasked text", 1002, frame(1, "a", { key: null })],
	["unmasked Ping", 1002, frame(9, "a", { key: null })],
	["unmasked Close", 1002, frame(8, "", { key: null })],
	["first reserved bit", 1002, frame(1, "a", { rsv: 4 })],
	["second reserved bit", 1002, frame(1, "a", { rsv: 2 })],
	["third reserved bit", 1002, frame(1, "a", { rsv: 1 })],
	["reserved bit in a Ping", 1002, frame(9, "a", { rsv: 4 })],
	...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(opcode => [`opcode ${opcode}`, 1002, frame(opcode)] as const),
	["fragment of a Ping", 1002, frame(9, "a", { fin: false })],
	["fragment of a Close", 1002, frame(8, "", { fin: false })],
	["Ping of 126 bytes", 1002, frame(9, text(126))],
	["Ping with a long length field", 1002, frame(9, "a", { field: 2 })],
	["continuation of nothing", 1002, frame(0, "a")],
	["continuation after the end", 1002, Buffer.concat([frame(1, "a"), frame(0, "b")])],
	["message within a message", 1002, Buffer.concat([frame(1, "a", { fin: false }), frame(1, "b")])],
	["binary within a text", 1002, Buffer.concat([frame(1, "a", { fin: false }), frame(2, "b")])],
	["125 bytes in two bytes of length", 1002, frame(1, text(125), { field: 2 })],
	["0 bytes in two bytes of length", 1002, frame(1, "", { field: 2 })],
	["126 bytes in eight bytes of length", 1002, frame(1, text(126), { field: 8 })],
	["65,535 bytes in eight bytes of length", 1002, frame(1, "", { field: 8, length: 65535n })],
	["length of 2^63", 1002, frame(1, "", { length: 1n << 63n })],
	["length of 2^63 - 1", 1009, frame(1, "", { length: (1n << 63n) - 1n })],
	["length of 2^32 + 1", 1009, frame(1, "", { length: (1n << 32n) + 1n })],
	["length of 65,536", 1009, frame(1, "", { length: 65536n })],
	["a byte too many", 1009, frame(1, `${text(1000)}x`)],
	[
		"a byte too many in the second fragment",
		1009,
		Buffer.concat([frame(1, text(999), { fin: false }), frame(0, "xx")])
	],
	[
		"a fragment too many",
		1008,
		Buffer.concat([frame(1, "", { fin: false }), ...Array(4).fill(frame(0, "", { fin: false }))])
	],
	["text that is not UTF-8", 1007, frame(1, Buffer.from([0xff]))],
	["text with a surrogate", 1007, frame(1, Buffer.from([0xed, 0xa0, 0x80]))],
	["text that ends within a character", 1007, frame(1, Buffer.from([0xe2, 0x82]))],
	[
		"text that cannot become UTF-8, in a first fragment",
		1007,
		frame(1, Buffer.from([0x61, 0xf4, 0x90]), { fin: false })
	],
	["Close with half a code", 1002, frame(8, "a")],
	...[0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535].map(
		code => [`Close with code ${code}`, 1002, closeFrame(code)] as const
	),
	["Close with a reason that is not UTF-8", 1007, frame(8, Buffer.from([3, 232, 0xc3]))]
];

/** Close frames that are in order, with the code that comes back. */
export const goodCloses: readonly (readonly [name: string, code: number, sent: Buffer])[] = [
	["no code", 1005, frame(8)],
	...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999].map(
		code => [`code ${code}`, code, closeFrame(code)] as const
	),
	["a reason", 1000, closeFrame(1000, "Grüße")],
	["the longest reason", 1000, closeFrame(1000, text(123))],
	["within a message", 1000, Buffer.concat([frame(1, "a", { fin: false }), closeFrame(1000)])],
	["frames behind it", 1000, Buffer.concat([closeFrame(1000), frame(1, "late"), frame(15)])]
];

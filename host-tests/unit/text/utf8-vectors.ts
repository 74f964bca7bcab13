// UTF-8, valid and not (RFC 3629 §3 and §4; Unicode, table 3-7).

export const goodUtf8: readonly (readonly [hex: string, text: string])[] = [
	["", ""],
	["41", "A"],
	["00", "\0"],
	["41 00 42 00", "A\0B\0"],
	["c3 a9 00 41", "é\0A"],
	["7f", "\u007f"],
	["c2 80", "\u0080"],
	["df bf", "\u07ff"],
	["e0 a0 80", "\u0800"],
	["ed 9f bf", "\ud7ff"],
	["ee 80 80", "\ue000"],
	["ef bf bd", "\ufffd"],
	["ef bf bf", "\uffff"],
	["ef bb bf 41", "\ufeffA"],
	["f0 90 80 80", "\u{10000}"],
	["f0 9f 98 80", "\u{1f600}"],
	["f4 8f bf bf", "\u{10ffff}"],
	["ce ba e1 bd b9 cf 83 ce bc ce b5", "\u03ba\u1f79\u03c3\u03bc\u03b5"],
	["48 c3 a9 6c 6c f0 9f 8c 8d e4 b8 96", "Héll🌍世"]
];

/** With the place, counted in bytes, at which no valid text is possible any more; the length when only the end tells. */
export const badUtf8: readonly (readonly [hex: string, failsAt: number])[] = [
	["80", 0],
	["bf", 0],
	["fe", 0],
	["ff", 0],
	["c0 80", 0],
	["c1 bf", 0],
	["c2", 1],
	["c3 41", 1],
	["c3 c3 a9", 1],
	["e0 80 80", 1],
	["e0 9f bf", 1],
	["e2 82", 2],
	["e2 28 a1", 1],
	["e2 82 28", 2],
	["ed a0 80", 1],
	["ed bf bf", 1],
	["ed a0 bd ed b8 80", 1],
	["f0 80 80 80", 1],
	["f0 8f bf bf", 1],
	["f0 9f 98", 3],
	["f0 9f 98 28", 3],
	["f4 90 80 80", 1],
	["f5 80 80 80", 0],
	["f8 88 80 80 80", 0],
	["fc 84 80 80 80 80", 0],
	["41 c3 a9 e9 41", 4],
	["ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64 69 74 65 64", 12],
	["c3 a9 80", 2]
];

/** Hexadecimal bytes as percent-encoding. */
export function escaped(hex: string): string {
	return hex.replace(/ ?(..)/g, "%$1");
}

// What XS has, firmware code uses, and Node does not have.

ArrayBuffer.fromString ??= text => {
	const bytes = Buffer.from(text, "utf8");
	return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
};

const isShort = (text: string, most: number): boolean =>
	text !== "" && text.length <= most && Buffer.byteLength(text) === text.length && !text.includes("\0");

function writeResponse(
	start: string,
	date: string,
	fields: string | undefined,
	type: string | undefined,
	behind: string | undefined,
	content: string,
	most: number | undefined
): ArrayBuffer | undefined {
	if (most !== undefined && !isShort(content, most)) return undefined;
	const typeLine = type === undefined ? "" : `content-type: ${type}\r\n`;
	const length = `content-length: ${content.length}\r\n`;
	return ArrayBuffer.fromString(`${start}${date}${fields ?? ""}${typeLine}${length}${behind ?? ""}\r\n${content}`);
}

const escaped = (character: string): string => `\\u{${character.charCodeAt(0).toString(16)}}`;

/** A character that is none of these (modules/text/engine/text-characters.h). */
function outside(ranges: string, others: boolean): RegExp {
	const pairs = ranges.match(/../gs) ?? [];
	const set = pairs.map(([first = "", last = ""]) => `${escaped(first)}-${escaped(last)}`).join("");
	return new RegExp(`[^${set}${others ? "\\u{80}-\\u{d7ff}\\u{e000}-\\u{10ffff}" : ""}]`, "u");
}

// Where C reads request heads, it says of each that TypeScript is to read it: what it lets in is compared on the desk host, as
// are the responses that it makes.
const natives: Readonly<Record<string, (...parameters: never[]) => unknown>> = {
	xs_xstls_http_head_read: () => 0,
	xs_xstls_xs_has_room: () => true,
	xs_xstls_xs_make_room: () => false,
	xs_xstls_http_response_is_short: isShort,
	xs_xstls_text_has_only: (text: string, ranges: string, others: boolean) =>
		outside(ranges, others).test(text) === false,
	xs_xstls_text_check_escapes: (text: string) =>
		(/%(?![\da-f]{2})/i.test(text) ? 1 : 0) |
		(/%00/.test(text) ? 2 : 0) |
		(/%(?:c[01]|e0%[89]|ed%[ab]|f0%8|f4%[9ab]|f[5-9a-f])/i.test(text) ? 4 : 0),
	xs_xstls_http_response_write: writeResponse,
	xs_xstls_http_path_part: (path: string, isLast: boolean) =>
		/^\/[^%\\\0\u{80}-\u{10ffff}]*$/su.test(path) && !/\/\.\.?(?:\/|$)/.test(path)
			? path.replace(isLast ? /^.*\//s : /[^/]*$/, "")
			: undefined
};

Object.assign(globalThis, {
	native: (name: string) => natives[name],
	trace: (...parts: unknown[]) => void process.stdout.write(parts.join(""))
});

// XS refuses malformed UTF-8 with a TypeError, and so does this. C0 80 is how XS keeps a NUL.
String.fromArrayBuffer ??= buffer => {
	const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
	const bytes = Buffer.from(buffer as ArrayBuffer);
	const parts: string[] = [];
	let start = 0;
	for (let at = bytes.indexOf("c080", 0, "hex"); at >= 0; at = bytes.indexOf("c080", start, "hex")) {
		parts.push(decoder.decode(bytes.subarray(start, at)));
		start = at + 2;
	}
	parts.push(decoder.decode(bytes.subarray(start)));
	return parts.join("\0");
};

// In XS an array in the place of the function names the properties that are taken over; others make no key.
const { parse } = JSON;
JSON.parse = (text, names?: unknown) => {
	if (!Array.isArray(names)) return parse(text, names as Parameters<typeof parse>[1]);
	return parse(text, function (this: unknown, name, value) {
		return name === "" || Array.isArray(this) || names.includes(name) ? value : undefined;
	});
};

export {};

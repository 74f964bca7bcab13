// What XS has, firmware code uses, and Node does not have.

ArrayBuffer.fromString ??= text => {
	const bytes = Buffer.from(text, "utf8");
	return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
};

Object.assign(globalThis, { trace: (...parts: unknown[]) => void process.stdout.write(parts.join("")) });

// XS refuses malformed UTF-8 with a TypeError, and so does this.
String.fromArrayBuffer ??= buffer =>
	new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(buffer as ArrayBuffer));

// In XS an array in the place of the function names the properties that are taken over; others make no key.
const { parse } = JSON;
JSON.parse = (text, names?: unknown) => {
	if (!Array.isArray(names)) return parse(text, names as Parameters<typeof parse>[1]);
	return parse(text, function (this: unknown, name, value) {
		return name === "" || Array.isArray(this) || names.includes(name) ? value : undefined;
	});
};

export {};

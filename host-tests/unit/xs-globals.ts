// The two XS built-ins that firmware code uses and Node does not have.

ArrayBuffer.fromString ??= text => {
	const bytes = Buffer.from(text, "utf8");
	return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
};

// XS refuses malformed UTF-8 with a TypeError, and so does this.
String.fromArrayBuffer ??= buffer =>
	new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(buffer as ArrayBuffer));

export {};

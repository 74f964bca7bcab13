// What the SDK's WebSocket client wants of its module of that name.

function toBytes(buffer) {
	return ArrayBuffer.isView(buffer)
		? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
		: new Uint8Array(buffer);
}

export default {
	xor(into, mask, count = into.byteLength) {
		const bytes = toBytes(into);
		const from = toBytes(mask);
		for (let i = 0; i < count; i++) bytes[i] ^= from[i % from.length];
	}
};

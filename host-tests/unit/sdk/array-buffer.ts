// XS's `ArrayBuffer.prototype.concat`, for unit tests.

Object.defineProperty(ArrayBuffer.prototype, "concat", {
	configurable: true,
	writable: true,
	value(this: ArrayBuffer, ...others: ArrayBuffer[]): ArrayBuffer {
		const parts = [this, ...others].map(each => {
			if (!(each instanceof ArrayBuffer)) throw new TypeError("Argument is not an ArrayBuffer");
			return new Uint8Array(each);
		});
		const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
		let at = 0;
		for (const part of parts) {
			whole.set(part, at);
			at += part.byteLength;
		}
		return whole.buffer;
	}
});

export {};

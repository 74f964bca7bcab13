// A ClientHello that is written by hand, for tests and for the siege.

/** Bytes with their length before them, in `size` bytes. */
function vector(size, content) {
	const length = Buffer.alloc(size);
	length.writeUIntBE(content.length, 0, size);
	return Buffer.concat([length, content]);
}

const extension = (type, content) => Buffer.concat([Buffer.of(0, type), vector(2, content)]);

/** One in one record, with that list of cipher suites. */
function helloWith(ciphers, ...extensions) {
	const start = Buffer.concat([
		Buffer.of(3, 3),
		Buffer.alloc(32, 7),
		Buffer.of(0),
		vector(2, ciphers),
		Buffer.of(1, 0)
	]);
	const message = vector(3, Buffer.concat([start, vector(2, Buffer.concat(extensions))]));
	return Buffer.concat([Buffer.of(22, 3, 1), vector(2, Buffer.concat([Buffer.of(1), message]))]);
}

module.exports = { vector, extension, helloWith };

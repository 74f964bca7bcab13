// An HTTP/1.1 client with the interface of the SDK's module of that name (ECMA-419 §21.4): options `host`, `port`, `dns`,
// `socket`, `onError`; `request()` and `close()`. Stricter than that one: what is not HTTP ends the connection with an error.

import Timer from "timer";

const maxLine = 8_192;
const lineFeed = 10;
/** Bytes around a chunk. */
const chunkFrame = 8;
const more = Object.freeze({ more: true });

const invalid = what => new Error(`The answer has ${what}`);

function parseLength(text, radix) {
	const isNumber = radix === 16 ? /^[0-9a-f]{1,8}$/i.test(text) : /^\d{1,15}$/.test(text);
	if (!isNumber) throw invalid("a length that is none");
	return Number.parseInt(text, radix);
}

class Request {
	#client;

	constructor(client) {
		this.#client = client;
	}
	read(count) {
		return this.#client._read(this, count);
	}
	write(data) {
		return this.#client._write(this, data);
	}
}

export default class HTTPClient {
	#options;
	#socket;
	#queue = [];
	#current;
	/** connecting, idle, sending, uploading, status, fields, content, trailer, closed */
	#state = "connecting";
	#writable = 0;
	#readable = 0;
	#output;
	#line = "";
	#status;
	#headers;
	/** Bytes of content, or of the present chunk, that are still to come; Infinity until the connection ends. */
	#left;
	#isChunked = false;
	/** Bytes of content that are still to be sent; `true` for chunks. */
	#upload = false;
	#timer;

	constructor(options) {
		if (!options.host) throw new Error("host required");
		this.#options = options;
		const resolver = new options.dns.io(options.dns);
		resolver.resolve({
			host: options.host,
			onResolved: (host, address) => this.#connect(host, address),
			onError: error => this.#fail(error)
		});
	}
	close() {
		this.#state = "closed";
		this.#current = undefined;
		this.#queue.length = 0;
		Timer.clear(this.#timer);
		this.#timer = undefined;
		const socket = this.#socket;
		this.#socket = undefined;
		socket?.close();
	}
	request(options) {
		const request = new Request(this);
		this.#queue.push({ ...options, request });
		if (this.#state === "idle") this.#later(() => this.#next());
		return request;
	}
	#connect(host, address) {
		if (this.#state === "closed") return;
		const { socket, port = 80 } = this.#options;
		try {
			this.#socket = new socket.io({
				...socket,
				address,
				host,
				port,
				onReadable: count => this.#onReadable(count),
				onWritable: count => this.#onWritable(count),
				onError: error => this.#onEnd(error)
			});
		} catch (error) {
			this.#fail(error);
		}
	}
	#later(call) {
		this.#timer ??= Timer.set(() => {
			this.#timer = undefined;
			call();
		});
	}
	#onWritable(count) {
		this.#writable = count;
		if (this.#state === "connecting") {
			this.#state = "idle";
			this.#next();
		} else if (this.#output !== undefined) this.#flush();
		else if (this.#state === "uploading") this.#askContent();
	}
	#next() {
		if (this.#state !== "idle") return;
		this.#current = this.#queue.shift();
		if (this.#current === undefined) return;
		const { method = "GET", path = "/", headers = [] } = this.#current;
		this.#upload = false;
		let head = `${method} ${path} HTTP/1.1\r\nhost: ${this.#options.host}\r\n`;
		for (const [name, value] of headers) {
			head += `${name}: ${value}\r\n`;
			if (name.toLowerCase() === "content-length") this.#upload = parseLength(String(value), 10);
			if (name.toLowerCase() === "transfer-encoding") this.#upload = true;
		}
		this.#output = new Uint8Array(ArrayBuffer.fromString(`${head}\r\n`));
		this.#state = "sending";
		this.#flush();
	}
	#flush() {
		const count = Math.min(this.#output.length, this.#writable);
		if (count > 0) this.#send(this.#output.subarray(0, count));
		this.#output = count === this.#output.length ? undefined : this.#output.subarray(count);
		if (this.#output !== undefined) return;
		if (this.#state !== "sending") return this.#await();
		if (this.#upload === false || this.#upload === 0) return this.#await();
		this.#state = "uploading";
		this.#askContent();
	}
	#await() {
		this.#upload = false;
		this.#state = "status";
		this.#line = "";
	}
	#askContent() {
		const room = this.#upload === true ? this.#writable - chunkFrame : Math.min(this.#writable, this.#upload);
		if (room > 0) this.#current.onWritable?.call(this.#current.request, room);
	}
	#send(bytes, options) {
		this.#writable = this.#socket.write(bytes, options);
	}
	_write(request, data) {
		if (this.#current?.request !== request || this.#state !== "uploading") throw new Error("bad state");
		if (this.#upload === true) return this.#writeChunk(data);
		if (!data) throw new Error("bad data");
		if (data.byteLength > this.#writable || data.byteLength > this.#upload) throw new Error("would block");
		this.#send(data);
		this.#upload -= data.byteLength;
		if (this.#upload > 0) return Math.min(this.#writable, this.#upload);
		this.#await();
		return 0;
	}
	#writeChunk(data) {
		if (!data) {
			this.#output = new Uint8Array(ArrayBuffer.fromString("0\r\n\r\n"));
			this.#state = "ending";
			this.#later(() => this.#output !== undefined && this.#flush());
			return 0;
		}
		if (data.byteLength + chunkFrame > this.#writable) throw new Error("would block");
		this.#send(ArrayBuffer.fromString(`${data.byteLength.toString(16)}\r\n`), more);
		this.#send(data, more);
		this.#send(ArrayBuffer.fromString("\r\n"));
		return Math.max(this.#writable - chunkFrame, 0);
	}
	#onReadable(count) {
		this.#readable = count;
		try {
			while (this.#readable > 0 && this.#state !== "closed") {
				if (this.#state === "content" && this.#left > 0) return this.#offer();
				this.#takeLine();
			}
		} catch (error) {
			this.#fail(error);
		}
	}
	#offer() {
		const { onReadable, request } = this.#current;
		const before = this.#readable;
		onReadable?.call(request, Math.min(this.#readable, this.#left));
		if (this.#readable < before && this.#readable > 0) this.#onReadable(this.#readable);
	}
	_read(request, wanted) {
		if (this.#current?.request !== request) throw new Error("bad state");
		if (this.#state !== "content") return undefined;
		const available = Math.min(this.#readable, this.#left);
		const isBuffer = typeof wanted === "object";
		if (isBuffer && wanted.BYTES_PER_ELEMENT > 1) throw new Error("invalid buffer");
		const count = Math.min((isBuffer ? wanted.byteLength : wanted) ?? available, available);
		if (count === 0) return undefined;
		const into = isBuffer ? new Uint8Array(wanted.buffer ?? wanted, wanted.byteOffset ?? 0, count) : count;
		const result = this.#socket.read(into);
		this.#readable -= count;
		this.#left -= count;
		if (this.#left === 0 && !this.#isChunked) {
			this.#state = "read";
			this.#later(() => this.#done());
		}
		return result;
	}
	/** Takes bytes up to the end of a line, and the line where it has ended. */
	#takeLine() {
		if (!["status", "fields", "content", "trailer"].includes(this.#state)) throw invalid("more than was asked for");
		this.#socket.format = "number";
		let isWhole = false;
		while (this.#readable > 0 && !isWhole) {
			const byte = this.#socket.read();
			this.#readable--;
			isWhole = byte === lineFeed;
			this.#line += String.fromCharCode(byte);
			if (this.#line.length > maxLine) throw invalid("too long a line");
		}
		this.#socket.format = "buffer";
		if (!isWhole) return;
		if (!this.#line.endsWith("\r\n")) throw invalid("a line without CR LF");
		const line = this.#line.slice(0, -2);
		this.#line = "";
		this[`_${this.#state}`](line);
	}
	_status(line) {
		const [, status, text] = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(line) ?? [];
		if (status === undefined) throw invalid("no status line");
		this.#status = { code: Number(status), text };
		this.#headers = new Map();
		this.#left = undefined;
		this.#isChunked = false;
		this.#state = "fields";
	}
	_fields(line) {
		if (line === "") return this.#endHead();
		const [, field, value] = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
		if (field === undefined) throw invalid("a line that is no field");
		const name = field.toLowerCase();
		const { headersMask } = this.#current;
		if (headersMask === undefined || headersMask.includes(name)) this.#headers.set(name, value);
		if (name === "content-length") this.#left = parseLength(value, 10);
		if (name === "transfer-encoding") {
			if (value.toLowerCase() !== "chunked") throw invalid("a coding that is not known");
			this.#isChunked = true;
		}
	}
	#endHead() {
		const { code, text } = this.#status;
		if (code < 200) {
			this.#state = "status";
			return;
		}
		const { method, onHeaders, request } = this.#current;
		const isEmpty = code === 204 || code === 205 || code === 304 || method === "HEAD";
		if (isEmpty) this.#isChunked = false;
		this.#left = isEmpty || this.#isChunked ? 0 : (this.#left ?? Number.POSITIVE_INFINITY);
		this.#state = "content";
		onHeaders?.call(request, code, this.#headers, text);
		if (this.#state !== "content") return;
		if (this.#left === 0 && !this.#isChunked) this.#done();
	}
	_content(line) {
		if (line === "" && this.#left === 0) return;
		this.#left = parseLength(line.split(";")[0].trim(), 16);
		if (this.#left === 0) this.#state = "trailer";
	}
	_trailer(line) {
		if (line === "") this.#done();
	}
	#done() {
		const { onDone, request } = this.#current;
		this.#state = "completing";
		onDone?.call(request, null);
		if (this.#state !== "completing") return;
		this.#current = undefined;
		this.#state = "idle";
		this.#later(() => this.#next());
	}
	#onEnd(error) {
		if (this.#state === "closed") return;
		if (this.#state === "read") {
			Timer.clear(this.#timer);
			this.#timer = undefined;
			this.#done();
		}
		if (this.#state === "content" && this.#left === Number.POSITIVE_INFINITY && error === undefined) this.#done();
		this.#fail(error);
	}
	#fail(error) {
		if (this.#state === "closed") return;
		const waiting = [this.#current, ...this.#queue].filter(each => each !== undefined);
		const { onError } = this.#options;
		this.close();
		for (const { onDone, request } of waiting) onDone?.call(request, error ?? new Error("The connection has ended"));
		onError?.(error);
	}
}

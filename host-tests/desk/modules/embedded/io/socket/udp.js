import config from "mc/config";

// The desk's own address in the network of the loopback interface, which others on the same machine do not have.
const { deskAddress: address = "127.0.0.1" } = config;

export default class UDP extends Native("xs_desk_udp_destructor") {
	constructor(options) {
		super();
		native("xs_desk_udp").call(this, { address, ...options });
	}
	close() {
		return native("xs_desk_udp_close").call(this);
	}
	read() {
		return native("xs_desk_udp_read").call(this);
	}
	write(bytes, address, port) {
		return native("xs_desk_udp_write").call(this, bytes, address, port);
	}
	add(group) {
		return native("xs_desk_udp_add").call(this, group);
	}
	get format() {
		return "buffer";
	}
	set format(value) {
		if (value !== "buffer") throw new RangeError('format is not "buffer"');
	}
}

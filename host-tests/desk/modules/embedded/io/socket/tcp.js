export default class TCP extends Native("xs_desk_tcp_destructor") {
	constructor(options) {
		super();
		native("xs_desk_tcp").call(this, options);
	}
	close() {
		return native("xs_desk_tcp_close").call(this);
	}
	read(count) {
		return native("xs_desk_tcp_read").call(this, count);
	}
	write(bytes) {
		return native("xs_desk_tcp_write").call(this, bytes);
	}
	get remoteAddress() {
		return native("xs_desk_tcp_get_remoteAddress").call(this);
	}
	get remotePort() {
		return native("xs_desk_tcp_get_remotePort").call(this);
	}
	get format() {
		return native("xs_desk_tcp_get_format").call(this);
	}
	set format(value) {
		native("xs_desk_tcp_set_format").call(this, value);
	}
}

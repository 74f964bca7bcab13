import TCP from "embedded:io/socket/tcp";

export default class Listener extends Native("xs_desk_listener_destructor") {
	constructor(options) {
		super();
		native("xs_desk_listener").call(this, options);
	}
	close() {
		return native("xs_desk_listener_close").call(this);
	}
	read() {
		return native("xs_desk_listener_read").call(this, TCP.prototype);
	}
	get port() {
		return native("xs_desk_listener_get_port").call(this);
	}
	get format() {
		return "socket/tcp";
	}
	set format(value) {
		if (value !== "socket/tcp") throw new RangeError('format is not "socket/tcp"');
	}
}

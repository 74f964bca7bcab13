// Which methods are natives: those that do no more than call one, with their own parameters. The native throws, for `this`
// is no socket, and the error's first frame names the function that it was thrown in.
class Mistaken {
	get alone() {
		return native("xs_desk_tcp_get_remotePort").call(this);
	}
	parameters(first, second) {
		return native("xs_desk_tcp_read").call(this, first, second);
	}
	swapped(first, second) {
		return native("xs_desk_tcp_read").call(this, second, first);
	}
	fewer(first, _second) {
		return native("xs_desk_tcp_read").call(this, first);
	}
	added() {
		return native("xs_desk_tcp_read").call(this) + 1;
	}
}

function nameThrower(call) {
	try {
		call(new Mistaken());
	} catch ({ stack }) {
		return /^ at (.*) \(/m.exec(stack)[1];
	}
}

trace(`${nameThrower(mistaken => mistaken.alone)}\n`);
for (const name of ["parameters", "swapped", "fewer", "added"])
	trace(`${name}: ${nameThrower(mistaken => mistaken[name]())}\n`);

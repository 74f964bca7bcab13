// Which functions are natives: those that do no more than call one, with their own parameters.
const isNative = f => String(f).includes("[native code]");

class Clock {
	get alone() {
		return native("xs_desk_time_ticks").call(this);
	}
	parameters(first, second) {
		return native("xs_desk_time_ticks").call(this, first, second);
	}
	swapped(first, second) {
		return native("xs_desk_time_ticks").call(this, second, first);
	}
	fewer(first, _second) {
		return native("xs_desk_time_ticks").call(this, first);
	}
	added() {
		return native("xs_desk_time_ticks").call(this) + 1;
	}
}

const { prototype } = Clock;
trace(`alone ${isNative(Object.getOwnPropertyDescriptor(prototype, "alone").get)}\n`);
for (const name of ["parameters", "swapped", "fewer", "added"]) trace(`${name} ${isNative(prototype[name])}\n`);
trace(`${typeof new Clock().alone} ${typeof new Clock().added()}\n`);

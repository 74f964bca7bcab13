// The desk's clock is the system's: set() and the time zone change nothing.
export default class Time {
	static timezone = -60 * new Date().getTimezoneOffset();
	static dst = 0;
	static set() {}
	static get ticks() {
		return native("xs_desk_time_ticks").call(this);
	}
	static get microseconds() {
		return native("xs_desk_time_microseconds").call(this);
	}
	static delta(start, end = Time.ticks) {
		return (end - start) | 0;
	}
}

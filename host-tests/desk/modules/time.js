// The desk's clock is the system's: set() and the time zone change nothing.
const Time = {
	timezone: -60 * new Date().getTimezoneOffset(),
	dst: 0,
	set() {},
	get ticks() {
		return native("xs_desk_time_ticks").call(this);
	},
	get microseconds() {
		return native("xs_desk_time_microseconds").call(this);
	},
	delta(start, end = Time.ticks) {
		return (end - start) | 0;
	}
};

export default Time;

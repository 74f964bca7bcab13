const Timer = {
	set(callback, interval, repeat) {
		return native("xs_desk_timer_set").call(Timer, callback, interval, repeat);
	},
	repeat(callback, interval) {
		return native("xs_desk_timer_repeat").call(Timer, callback, interval);
	},
	schedule(timer, interval, repeat) {
		return native("xs_desk_timer_schedule").call(Timer, timer, interval, repeat);
	},
	clear(timer) {
		return native("xs_desk_timer_clear").call(Timer, timer);
	},
	delay(milliseconds) {
		return native("xs_desk_timer_delay").call(Timer, milliseconds);
	}
};

export default Timer;

export default class Timer {
	static set(callback, interval, repeat) {
		return native("xs_desk_timer_set").call(this, callback, interval, repeat);
	}
	static repeat(callback, interval) {
		return native("xs_desk_timer_repeat").call(this, callback, interval);
	}
	static schedule(timer, interval, repeat) {
		return native("xs_desk_timer_schedule").call(this, timer, interval, repeat);
	}
	static clear(timer) {
		return native("xs_desk_timer_clear").call(this, timer);
	}
	static delay(milliseconds) {
		return native("xs_desk_timer_delay").call(this, milliseconds);
	}
}

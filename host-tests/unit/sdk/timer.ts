// The SDK's `timer` on Node's timers, for unit tests; jest's fake timers reach through it. They keep no test alive.

type Callback = (timer: Timer) => void;

export default class Timer {
	#handle: NodeJS.Timeout | undefined;
	readonly #callback: Callback;

	private constructor(callback: Callback) {
		this.#callback = callback;
	}

	static set(callback: Callback, interval = 0, repeat?: number): Timer {
		const timer = new Timer(callback);
		Timer.schedule(timer, interval, repeat);
		return timer;
	}

	static repeat(callback: Callback, interval: number): Timer {
		return Timer.set(callback, interval, interval);
	}

	static schedule(timer: Timer, interval = 0, repeat?: number): void {
		Timer.clear(timer);
		timer.#handle = setTimeout(() => {
			if (repeat !== undefined) Timer.schedule(timer, repeat, repeat);
			timer.#callback(timer);
		}, interval).unref();
	}

	static clear(timer: Timer | undefined | null): void {
		if (timer) clearTimeout(timer.#handle);
	}
}

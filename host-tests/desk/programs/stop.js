import Timer from "timer";

const timer = Timer.repeat(() => {}, 1000);

export function stop() {
	trace("stopping\n");
	Timer.clear(timer);
}

trace("started\n");

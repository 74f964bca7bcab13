import Timer from "timer";

function fault(value) {
	return value.missing.property;
}

Timer.set(() => {
	fault({});
}, 1);
Timer.set(() => trace("not reached\n"), 2);

import Timer from "timer";

async function fault() {
	throw new RangeError("nobody catches this");
}

fault();
Timer.set(() => trace("not reached\n"), 1);

// The SDK's `time`, for unit tests. Ticks begin near the end of a 32-bit counter, so that every test sees them wrap.

const start = 2 ** 32 - 1000 - Date.now();

export default {
	get ticks(): number {
		return (Date.now() + start) >>> 0;
	},
	delta(from: number, to: number): number {
		return (to - from) | 0;
	}
};

// What is measured of a server goes down for a while when its clients have left: it is waited for, not for a time.

import { until } from "../deadline";

/** What is measured once `sizeOf` that has not gone down within a fifth of a second. */
export async function settled<T>(measure: () => Promise<T>, sizeOf: (measured: T) => number): Promise<T> {
	let last = await measure();
	await until(async () => {
		await new Promise(resolve => setTimeout(resolve, 200));
		const before = sizeOf(last);
		last = await measure();
		return sizeOf(last) >= before;
	}, "memory that is settled");
	return last;
}

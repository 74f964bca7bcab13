import type Deadlines from "../async/deadlines";
import type { Limits } from "../limits";
import Budget from "../memory/budget";
import { fixedCosts, headReserve } from "../memory/costs";

/** What all connections of a server with these limits may hold. */
export const makeBudget = (limits: Readonly<Limits>, deadlines: Deadlines): Budget => {
	const { memory, maxKeptHead, maxBufferedBody, memoryTimeout } = limits;
	const largest = fixedCosts.content + 2 * (maxKeptHead + maxBufferedBody) + limits.readSize;
	return new Budget(memory, maxKeptHead * headReserve, largest, deadlines, memoryTimeout);
};

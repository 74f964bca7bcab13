import Budget from "httpsd/memory/budget";

/** A budget of 1000, with 160 for a head, for places of 56 each, so that 560 are for all, of which one has 280 at most. */
export function makeBudget(relieve = () => {}): Budget {
	const budget = new Budget(1000, 160);
	budget.addPlaces(5, { relieve, handling: 0 });
	return budget;
}

/**
 * Calls `choose` and `check` on its result, which may be a promise; then `use` with what `check` returned, or `refuse` with
 * what either threw. Without a promise all of it is done when this returns, and what `use` throws reaches the caller.
 */
export const settle = <Choice, Checked>(
	choose: () => Choice | Promise<Choice>,
	check: (choice: Choice) => Checked,
	use: (checked: Checked) => void,
	refuse: (reason: unknown) => void
): void => {
	let checked: Checked;
	try {
		const choice = choose();
		if (choice instanceof Promise) {
			choice.then(check).then(use, refuse);
			return;
		}
		checked = check(choice);
	} catch (reason) {
		refuse(reason);
		return;
	}
	use(checked);
};

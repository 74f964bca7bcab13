/**
 * Uses what is chosen, at once or later: `use` gets what `check` makes of it, or `refuse` what either has thrown.
 * What `use` throws is for the caller.
 */
export function decide<Choice, Checked>(
	choose: () => Choice | Promise<Choice>,
	check: (choice: Choice) => Checked,
	use: (checked: Checked) => void,
	refuse: (reason: unknown) => void
): void {
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
}

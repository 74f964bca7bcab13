// What `make test` says at its end: a line a stage, why tests were skipped, and one plain line that is always the last.

/** Why tests were skipped, one reason a test, from jest's report: their titles end in `(skipped: REASON)`. */
export function skipReasons({ testResults }) {
	return testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status }) => status === "pending" || status === "todo")
		.map(({ fullName }) => /\(skipped: (.*?)\)(?: |$)/.exec(fullName)?.[1] ?? `no reason given by "${fullName}"`);
}

/** The lines for `results`: { name, passed, failed, skipped: reasons, seconds } of each stage. */
export function summaryLines(results) {
	const stages = results.map(({ name, passed, failed, skipped, seconds }) => {
		const extra = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
		return `${failed > 0 ? "FAIL" : "ok  "} ${name}: ${passed} passed, ${failed} failed${extra} (${seconds.toFixed(0)} s)`;
	});
	const sum = key => results.reduce((total, result) => total + result[key], 0);
	return [...stages, "", ...skippedLine(results), `${sum("passed")} passed, ${sum("failed")} failed`];
}

function skippedLine(results) {
	const counts = new Map();
	for (const reason of results.flatMap(({ skipped }) => skipped)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	if (counts.size === 0) return [];
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	return [`Skipped ${total}: ${[...counts].map(([reason, count]) => `${count} because ${reason}`).join("; ")}`];
}

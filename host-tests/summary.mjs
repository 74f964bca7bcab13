// What `make test` says at its end: a line a stage, which tests have failed, why others were skipped, and one plain line that is
// always the last.

/** The tests that have failed, or the files that did so before their tests, from jest's report. */
export function failuresIn({ testResults }) {
	return testResults.flatMap(({ name, status, assertionResults }) => {
		const failed = assertionResults.filter(each => each.status === "failed").map(({ fullName }) => fullName);
		const file = name.replace(/^.*host-tests\//, "");
		if (failed.length === 0) return status === "failed" ? [file] : [];
		return failed.map(fullName => `${file}: ${fullName}`);
	});
}

/** Why tests were skipped, one reason a test, from jest's report: their titles end in `(skipped: REASON)`. */
export function skipReasons({ testResults }) {
	return testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status }) => status === "pending" || status === "todo")
		.map(({ fullName }) => /[(;] ?skipped: (.*?)\)(?: |$)/.exec(fullName)?.[1] ?? `no reason given by "${fullName}"`);
}

/** The lines for `results`: { name, passed, failed, failures: names, skipped: reasons, seconds } of each stage. */
export function summaryLines(results) {
	const stages = results.flatMap(({ name, passed, failed, failures = [], skipped, seconds }) => {
		const extra = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
		const line = `${name}: ${passed} passed, ${failed} failed${extra} (${seconds.toFixed(0)} s)`;
		return [`${failed > 0 ? "FAIL" : "ok  "} ${line}`, ...failures.map(failure => `     ${failure}`)];
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

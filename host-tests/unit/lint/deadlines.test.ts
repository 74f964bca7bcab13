// No test is failed by a machine that is busy with something else: deadlines are those of host-tests/deadline.ts, and a
// latency is judged beside that of a control (host-tests/interop/beside.ts).

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

const root = join(__dirname, "../..");
const sources = ["unit", "interop"].flatMap(folder =>
	(readdirSync(join(root, folder), { recursive: true }) as string[])
		.filter(name => name.endsWith(".ts") && !__filename.endsWith(name))
		.map(name => join(folder, name))
);

const time = "[0-9][0-9_]*";
test.each([
	["gives a test or a hook of jest a time of its own", [`^\\t?\\}, ${time}\\);$`, `^\\t+[0-9_]{5,}\\n\\t*\\);`]],
	["kills what it has started after a fixed time", [`\\btimeout: ${time}`, `"(-m|--max-time)", "${time}"`]],
	["judges a time by a number", ["\\.now\\(\\)[^;]*\\)\\.toBeLess"]]
])("no test %s", (_, patterns) => {
	const isFound = (text: string) => patterns.some(pattern => new RegExp(pattern, "m").test(text));
	expect(sources.length).toBeGreaterThan(150);
	expect(sources.filter(name => isFound(readFileSync(join(root, name), "utf8")))).toEqual([]);
});

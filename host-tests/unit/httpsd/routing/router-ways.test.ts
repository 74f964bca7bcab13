// Paths that are found without the tree, beside the tree. The same on XS: interop/httpsd/native-path.test.ts.
import { expect, test } from "@jest/globals";
import { compareWays } from "./router-ways";

test("whichever way a path is found, it is found to be the same", () => {
	const { differences, found } = compareWays(3_000);
	expect(differences).toEqual([]);
	expect(found).toBeGreaterThan(3_000);
});

// Chromium with a CA of its own.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Makes a home for Chromium in which it trusts a CA. @param ca file of its certificate, PEM. @returns the home */
export function trusting(ca: string, home: string): string {
	const database = `sql:${join(home, ".pki/nssdb")}`;
	mkdirSync(join(home, ".pki/nssdb"), { recursive: true });
	execFileSync("certutil", ["-d", database, "-N", "--empty-password"]);
	execFileSync("certutil", ["-d", database, "-A", "-n", "ca", "-t", "C,,", "-i", ca]);
	return home;
}

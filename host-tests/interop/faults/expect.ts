import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { root } from "../paths";
import type { Fault, Version } from "./table";

const versions = ["TLSv1.2", "TLSv1.3"] as const;
const doc = readFileSync(join(root, "docs/errors.md"), "utf8");

export function alertOf({ alert }: Fault, version: Version): string | undefined {
	return typeof alert === "object" ? alert[version] : alert;
}

/** What a TLSError says of itself. */
export function errorPattern(fault: Fault, version: Version): string {
	const alert = alertOf(fault, version);
	const way = fault.code === "ALERT_RECEIVED" ? "received" : "sent";
	return `${fault.code}: .*${alert === undefined ? "" : `${way} alert ${alert}`}`;
}

/** What openssl says of an alert that it was sent. */
export function toldPattern(fault: Fault, version: Version): RegExp {
	const alert = fault.code === "ALERT_RECEIVED" ? undefined : alertOf(fault, version);
	return alert === undefined ? /^/ : new RegExp(`alert ${alert.replaceAll("_", " ")}`);
}

function expectDocumented(fault: Fault, version: Version): void {
	const row = doc.split("\n").find(line => line.startsWith(`| \`${fault.code}\` |`));
	expect(row).toBeDefined();
	if (fault.code !== "ALERT_RECEIVED") expect(row).toContain(alertOf(fault, version) ?? "| none |");
}

/** A test for each fault and version. */
export function forAll(
	title: string,
	faults: readonly Fault[],
	run: (fault: Fault, version: Version) => Promise<void>
) {
	describe.each(versions)(`${title} over %s`, version => {
		const ofVersion = faults.filter(fault => (fault.version ?? version) === version);
		test.each(ofVersion.map(fault => [fault.fault, fault.code, fault] as const))(
			"B15 E9 %s: %s",
			async (_, __, fault) => {
				await run(fault, version);
				expectDocumented(fault, version);
			}
		);
	});
}

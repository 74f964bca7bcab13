// The rule for names in TypeScript and the one in C, in the engine that devices have, over one table.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { namedCertificates } from "../../host-names";
import { startDesk } from "../desk";

const folder = mkdtempSync(join(tmpdir(), "names-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("C1 D6 both rules agree with the table", async () => {
	namedCertificates.forEach(({ subjectAltName, subject = "/CN=common.example" }, index) => {
		const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", `${index}.key.pem`];
		const names = subjectAltName === undefined ? [] : ["-addext", `subjectAltName=${subjectAltName}`];
		const options = ["req", "-x509", "-subj", subject, "-days", "2", "-out", `${index}.pem`, ...key, ...names];
		execFileSync("openssl", options, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
	});
	const rows = namedCertificates.map(({ isFor, isNotFor }, index) => ({
		file: String(index),
		names: [...isFor, ...isNotFor]
	}));
	writeFileSync(join(folder, "table.json"), JSON.stringify(rows));
	const desk = startDesk({ main: "build/js/host-tests/programs/client/host-names.js", resources: [folder] });
	await desk.exit;
	const answers = desk.output
		.trimEnd()
		.split("\n")
		.map(line => JSON.parse(line));
	const told = namedCertificates.map(({ what }, row) =>
		rows[row]?.names.map((name, column) => ({ what, name, answers: answers[row]?.[column] }))
	);
	const expected = namedCertificates.map(({ what, isFor, isNotFor }) => [
		...isFor.map(name => ({ what, name, answers: [true, true] })),
		...isNotFor.map(name => ({ what, name, answers: [false, false] }))
	]);
	expect(told).toEqual(expected);
});

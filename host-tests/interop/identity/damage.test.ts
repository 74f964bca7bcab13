import { beforeAll, expect, test } from "@jest/globals";
import { folder, made } from "../../unit/certs/tool";
import { startDesk } from "../desk";

const out = folder();

beforeAll(async () => {
	await made("server", "--out", out, "--host", "localhost");
	await made("client", "--out", out, "--name", "alice");
	await made("flash", "--out", out);
});

/** Every file, cut and damaged at every `step` bytes. */
async function expectForeseen(variant: "release" | "debug", step: number): Promise<void> {
	const main = "build/js/host-tests/programs/identity/damaged-credentials.js";
	const desk = startDesk({ main, variant, resources: [out], config: { step } });
	const { code } = await desk.exit;
	const told = /^answers (.*)$/m.exec(desk.output)?.[1] ?? "[]";
	const answers = new Map(JSON.parse(told) as [string, number][]);
	expect([...answers.keys()].filter(answer => answer.startsWith("unforeseen"))).toEqual([]);
	for (const answer of ["taken", "CERTIFICATE_INVALID", "KEY_INVALID", "IMAGE_INVALID"])
		expect(answers.get(answer)).toBeGreaterThan(10);
	expect(desk.output).toContain("wrong types 11, taken 0");
	const [figures = "", whole, pieces] =
		/beginnings took (\d+) ms in one file, (\d+) ms in twenty/.exec(desk.output) ?? [];
	if (!(Number(whole) <= 4 * Number(pieces))) throw new Error(`${figures}: more than four times as long`);
	expect(code).toBe(0);
}

test("B3 E2 damaged certificates, keys and images are refused by name, whatever is damaged", () =>
	expectForeseen("release", 3));

test("B3 E2 Z10 the same with sanitizers", () => expectForeseen("debug", 41));

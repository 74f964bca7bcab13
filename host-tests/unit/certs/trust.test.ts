import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { available, certsAt, folder, made } from "./tool";

const out = folder();
const home = join(out, "home");
const trust = (...more: string[]) => certsAt(home, ["trust", "--out", out, ...more]);

beforeAll(() => made("ca", "--out", out, "--name", "Bench CA"));

test("E10 trust tells how for each system and does nothing by itself", async () => {
	const { out: text } = await trust();
	expect(text).toMatch(/^How to trust Bench CA; nothing is changed by this command\n/);
	for (const system of ["Chromium", "Debian", "macOS", "Windows", "Firefox", "Android", "iOS"]) {
		expect(text).toContain(system);
	}
	expect(text).toContain(`sudo cp ${join(out, "ca.pem")} /usr/local/share/ca-certificates/bench-ca.crt`);
	expect(existsSync(home)).toBe(false);
});

test("E10 --system shows that system only", async () => {
	const { out: text } = await trust("--system", "firefox");
	expect([text.includes("Firefox"), text.includes("Windows")]).toEqual([true, false]);
	const { error } = await trust("--install", "--system", "firefox");
	expect(error).toContain("That needs an administrator, or your hands");
});

test("E10 --install puts the CA into this user's Chromium store, --remove takes it out", async () => {
	if (process.platform !== "linux" || !available("certutil", "--help", "libnss3-tools")) return;
	const store = `sql:${join(home, ".pki", "nssdb")}`;
	const stored = () => execFileSync("certutil", ["-d", store, "-L"], { encoding: "utf8" });
	expect((await trust("--install")).out).toContain("Installed for Chromium");
	expect(stored()).toMatch(/Bench CA +C,,/);
	expect((await trust("--remove")).out).toContain("Removed");
	expect(stored()).not.toContain("Bench CA");
});

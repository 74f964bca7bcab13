// Programs that people load pages and files with in a terminal.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { run } from "../https";
import { caFile } from "../identities";
import { Field } from "./steps";

describe("in a terminal", () => {
	const field = new Field();
	const inFolder = (program: string, ...parameters: string[]) => run(program, parameters, "", field.folder);
	const lynx = (ca: string, url: string) => inFolder("env", `SSL_CERT_FILE=${ca}`, "lynx", "-dump", url);
	// They keep what they have learnt of a page in the user's own folder.
	const asUser = (...parameters: string[]) => inFolder("env", `HOME=${field.folder}`, ...parameters);
	const w3m = (ca: string, url: string) => asUser("w3m", "-dump", "-o", `ssl_ca_file=${ca}`, url);

	const elinks = (ca: string, url: string) => {
		const set = (option: string) => ["-eval", `set connection.ssl.${option}`];
		const options = [...set(`trusted_ca_file = "${resolve(field.folder, ca)}"`), ...set("cert_verify = 1")];
		return asUser("elinks", "-dump", "-no-home", ...options, url);
	};

	test.each([
		["lynx", lynx],
		["elinks", elinks],
		["w3m", w3m]
	] as const)(
		"B11 %s shows the page, from the plain port too, and not where the CA is a stranger's",
		async (_, show) => {
			expect((await show(caFile, `${field.url}/`)).stdout.trim()).toBe("Served by XS");
			expect((await show(caFile, `${field.plainURL}/`)).stdout.trim()).toBe("Served by XS");
			expect((await show("stranger.pem", `${field.url}/`)).stdout).not.toContain("Served");
		}
	);

	test("B11 aria2 loads a file in four parts at once, and nothing where the CA is a stranger's", async () => {
		const load = (ca: string, to: string) =>
			inFolder("aria2c", `--ca-certificate=${ca}`, "-x4", "-s4", "-k1M", "-o", to, `${field.url}/files/text.txt`);
		const { status, stdout } = await load(caFile, "out");
		expect([status, stdout]).toEqual([0, expect.stringContaining("download completed")]);
		expect(readFileSync(join(field.folder, "out"), "latin1")).toBe("0123456789".repeat(300_000));
		expect((await load("stranger.pem", "none")).stdout).toContain("error occurred");
	});
});

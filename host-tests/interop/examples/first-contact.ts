// The example of a device without Wi-Fi: its page, filled in by curl, and then HTTPS.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "@jest/globals";
import { until } from "../../deadline";
import { freePort } from "../free-port";
import { run } from "../https";
import type { Place } from "./example";

const folder = mkdtempSync(join(tmpdir(), "examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function curl(...parameters: string[]): Promise<string> {
	const { status, stdout, stderr } = await run("curl", ["-sS", ...parameters]);
	if (status !== 0) throw new Error(stderr);
	return stdout;
}

export const title =
	"Z16 Z5 Z13 example first-contact: given a network by its page, it serves over HTTPS; the next start needs no page";

export async function lookAtFirstContact(place: Place): Promise<void> {
	const config = {
		address: "127.0.0.1",
		plainPort: await freePort(),
		dnsPort: await freePort(),
		host: "newcomer",
		preferences: join(folder, "preferences")
	};
	const portal = `http://127.0.0.1:${config.plainPort}`;
	const device = await place.run("first-contact", config);
	await device.waitForLine(/^Join the device's network$/m);
	await until(async () => (await curl(portal)).includes('type="radio"'), "networks on the page");
	const send = (path: string, ...fields: string[]) =>
		curl(
			"-o",
			"/dev/null",
			"-w",
			"%{http_code}",
			"-H",
			`origin: ${portal}`,
			...fields.flatMap(each => ["--data-urlencode", each]),
			portal + path
		);
	expect(await send("/join", "ssid=Home", "password=correct horse")).toBe("303");
	await until(async () => (await curl(portal)).includes('href="https://newcomer.local/"'), "the device's name", 20_000);
	expect(await send("/done", "x=")).toBe("303");
	const [, url = ""] = await device.waitForLine(/^Serving (https:\S+)/m, 60_000);
	const ca = join(folder, "ca.pem");
	writeFileSync(ca, await curl("-k", `${url}ca.crt`));
	const page = (at: string) =>
		curl("--cacert", ca, "--connect-to", `newcomer.local:443:127.0.0.1:${new URL(at).port}`, "https://newcomer.local/");
	expect(await page(url)).toBe("<h1>newcomer is in your network</h1>");
	await device.stop();

	const again = await place.run("first-contact", config);
	const [, second = ""] = await again.waitForLine(/^Serving (https:\S+)/m, 60_000);
	expect(again.output).not.toContain("Join the device's network");
	expect(await page(second)).toContain("newcomer is in your network");
	await again.stop();
}

import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { showTo } from "../../chromium";
import { available, certsAt, folder, made } from "./tool";

const out = folder();
const home = join(out, "home");
const PAGE = "<p>no warning page</p>";

beforeAll(() => made("server", "--out", out, "--host", "localhost", "--ip", "127.0.0.1"));

/** What Chromium, run for a user with that home folder, shows of `host`. */
async function show(host: string, userHome: string): Promise<string> {
	const read = (name: string) => readFileSync(join(out, name));
	const server = createServer({ cert: read("server.pem"), key: read("server.key.pem") }, (_, response) => {
		response.setHeader("content-type", "text/html").end(PAGE);
	});
	await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
	try {
		return await showTo(userHome, `https://${host}:${(server.address() as AddressInfo).port}/`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

test("E10 Chromium shows no warning page once the CA is installed, by name and by address", async () => {
	if (process.platform !== "linux" || !available("chromium", "--version", "chromium")) return;
	if (!available("certutil", "--help", "libnss3-tools")) return;
	expect((await certsAt(home, ["trust", "--out", out, "--install"])).status).toBe(0);
	expect(await show("localhost", home)).toContain(PAGE);
	expect(await show("127.0.0.1", home)).toContain(PAGE);
	expect(await show("localhost", join(out, "stranger"))).not.toContain(PAGE);
});

// What the SDK has of HTTP over the classes of modules/tls, by modules/sdk/manifest_fetch.json, in the simulator: its
// server over TLSListener, and its fetch, which makes a device.network.https.io.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { run } from "../https";
import { root } from "../paths";
import { buildFirmware, caFile, make, startServer, whyNot } from "./simulator";

const folder = mkdtempSync(join(tmpdir(), "simulator-sdk-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The makefile that mcconfig writes for a manifest with these includes, which names all that is linked. */
function makefileWith(include: string[]): string {
	const manifest = join(folder, "manifest.json");
	writeFileSync(manifest, JSON.stringify({ include, modules: { main: join(root, "host-tests/simulator-sdk/main") } }));
	mkdirSync(join(folder, "out"), { recursive: true });
	const sdk = process.env.MODDABLE as string;
	const environment = { ...process.env, PATH: `${sdk}/build/bin/lin/release:${process.env.PATH}` };
	const options = ["-p", "lin", "-t", "build", "-o", join(folder, "out"), manifest];
	const { status, stderr } = spawnSync("mcconfig", options, { env: environment, encoding: "utf8" });
	expect([status, stderr]).toEqual([0, ""]);
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
	return readFileSync(join(folder, files.find(name => name.endsWith("/makefile")) as string), "utf8");
}

function buildApplication(): string {
	make("identity");
	return buildFirmware("host-tests/simulator-sdk/manifest.json", "build/simulator-sdk");
}

const title = "Z9 the SDK's HTTP over these classes, in the simulator";
const application = whyNot === undefined ? buildApplication() : "";
const [group, name] = whyNot === undefined ? [describe, title] : [describe.skip, `${title} (skipped: ${whyNot})`];
group(name, () => {
	let server: Awaited<ReturnType<typeof startServer>>;
	beforeAll(async () => {
		server = await startServer(application);
	});

	const isSeen = (pattern: RegExp) => pattern.test(server.output);
	const lineOf = (pattern: RegExp) =>
		until(
			() => isSeen(pattern),
			() => `${pattern} in:\n${server.output}`
		);

	test("Z9 the SDK's HTTP server answers curl over TLS", async () => {
		const curl = (...parameters: string[]) => run("curl", ["-sS", "--cacert", caFile, ...parameters]);
		const base = `https://localhost:${server.port}`;
		expect((await curl(base)).stdout).toBe("a page of the SDK's server");
		expect((await curl("--data-binary", "x".repeat(10_000), `${base}/upload`)).stdout).toBe("10000 bytes");
	});

	test("Z9 the SDK's fetch trusts the resource ca.pem", async () => {
		await lineOf(/^localhost: 200 a page of the SDK's server$/m);
		await lineOf(/^127\.0\.0\.1: 200 10000 bytes$/m);
	});

	test("Z9 what fetch does not tell is traced: a server with another name", async () => {
		await lineOf(/^TLS with 127\.0\.0\.2: The peer's certificate is for another name/m);
		expect(server.output).not.toContain("127.0.0.2: 200");
	});

	test("Z9 nothing of the SDK's TLS is linked", () => {
		const ours = ["$(MODDABLE)/examples/manifest_base.json", join(root, "modules/sdk/manifest_fetch.json")];
		const makefile = makefileWith(ours);
		expect(makefile).toContain("modules/sdk/tls-socket.ts");
		expect(makefile).not.toMatch(/tlssocket\.js|modules\/crypt\/ssl/);
	});

	test.each([0, 1])("Z9 where the SDK's TLS is included too, place %d of two, its class is dropped", place => {
		const include = ["$(MODDABLE)/examples/io/tcp/fetch/manifest_fetch.json"];
		include.splice(place, 0, join(root, "modules/sdk/manifest.json"));
		const makefile = makefileWith(["$(MODDABLE)/examples/manifest_base.json", ...include]);
		expect(makefile).toContain("modules/sdk/tls-socket.ts");
		expect(makefile).not.toContain("tlssocket.js");
	});
});

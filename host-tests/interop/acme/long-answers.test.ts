// A CA whose answers are as long as they may be, in URLs, fields, texts and values: an order of a device took 34 kB of XS's block by them, 14 kB by
// usual ones, was charged for 8 kB of chunks, and the device restarted. What takes more than usual is asked for.

import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { folder } from "../../unit/certs/tool";
import { type Device, startDevice } from "./device";
import { type Fault, startFaultCA } from "./fault-ca";

const out = folder();
const devices = new Set<Device>();
afterAll(() => Promise.all(Array.from(devices, device => device.stop())));

const longest = { url: 250, token: 250, content: 4000, fields: 50 };
const statuses: Record<string, string> = { "/newAccount": "201 Created", "/newOrder": "201 Created" };

/** All goes well, and at great length, until the proof is refused. */
function makeCA(fill: (length: number) => string): Fault {
	let isProved = false;
	return (path, socket, base) => {
		const url = (at: string) => `${base}${at}?${"u".repeat(longest.url - base.length - at.length)}`;
		const [step = ""] = path.split("?");
		const status = isProved ? "invalid" : "pending";
		const challenge = { type: "http-01", url: url("/challenge"), token: "t".repeat(longest.token), status };
		const names = ["newNonce", "newAccount", "newOrder", "revokeCert", "renewalInfo"];
		const answers: Record<string, object> = {
			"/dir": Object.fromEntries(names.map(name => [name, url(`/${name}`)])),
			"/newAccount": { status: "valid" },
			"/newOrder": { status, authorizations: [url("/authz")], finalize: url("/finalize") },
			"/authz": { status, identifier: { type: "dns", value: "device.example" }, challenges: [challenge] },
			"/challenge": challenge
		};
		if (step === "/challenge") isProved = true;
		const text = JSON.stringify(answers[step] ?? {});
		const content = step === "/newNonce" ? "" : `${text.slice(0, -1)},"error":${fill(longest.content - text.length)}}`;
		const location = url(step === "/newOrder" ? "/order" : "/account");
		const fields = Array.from({ length: longest.fields }, (_, at) => `f${at}: ${"v".repeat(40)}\r\n`).join("");
		const nonce = `Replay-Nonce: ${"n".repeat(longest.token)}\r\nLocation: ${location}\r\n`;
		const head = `HTTP/1.1 ${statuses[step] ?? "200 OK"}\r\n${nonce}${fields}Content-Length: ${content.length}\r\n\r\n`;
		socket.write(head + content);
	};
}

test.each<[string, (length: number) => string]>([
	["a text", length => `{"detail":"${"d".repeat(length - 30)}"}`],
	["numbers", () => `[1${",1".repeat(90)}]`],
	["arrays", () => `[1${",[]".repeat(40)}]`]
])("Z17 Z12 %s: an order fails where there is no room for them, and the device goes on", async (name, fill) => {
	const ends: string[] = [];
	for (const ballast of [0, 2_000, 4_000, 6_000]) {
		const ca = await startFaultCA(makeCA(fill));
		const config = { store: join(out, `${name}-${ballast}`), directory: ca.directory, ballast, saysAsked: 1 };
		const device = await startDevice(config, { variant: "device", platform: "esp32c3", with: ["acme"] });
		devices.add(device);
		// What waits for room does so for two minutes.
		await device.waitForLine(/^failed |^asked \d+ false/m, 60_000);
		expect(await device.state()).toMatchObject({ isBusy: expect.any(Boolean) });
		ends.push(/^failed \{"code":"(\w+)/m.exec(device.output)?.[1] ?? "waits");
		await device.stop();
		devices.delete(device);
	}
	console.log(`${name}: ${ends.join(", ")}`);
	for (const end of ends) expect(["CHALLENGE_FAILED", "MEMORY", "waits"]).toContain(end);
});

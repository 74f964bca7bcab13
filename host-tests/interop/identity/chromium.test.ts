import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { showTo } from "../../chromium";
import { available, folder } from "../../unit/certs/tool";
import { type Device, startDevice } from "./desk";
import { visit } from "./visit";

const out = folder();
let device: Device | undefined;
afterEach(async () => {
	await device?.stop();
	device = undefined;
});

/** Puts what the device offers for trust into the user's store, with the flags for a CA or a certificate by itself. */
function install(home: string, running: Device, trust: "C,," | "P,,"): void {
	const database = `sql:${join(home, ".pki/nssdb")}`;
	mkdirSync(join(home, ".pki/nssdb"), { recursive: true });
	writeFileSync(join(home, "ca.pem"), JSON.parse(/^trust (.*)$/m.exec(running.output)?.[1] as string).pem);
	execFileSync("certutil", ["-d", database, "-N", "--empty-password"]);
	execFileSync("certutil", ["-d", database, "-A", "-n", "device", "-t", trust, "-i", join(home, "ca.pem")]);
}

test.each([
	["authority", "C,,"],
	["self", "P,,"]
] as const)(
	"Z5 Chromium shows the device's page without a warning once what it offers is installed: %s",
	async (signer, trust) => {
		if (process.platform !== "linux" || !available("chromium", "--version", "chromium")) return;
		if (!available("certutil", "--help", "libnss3-tools")) return;
		const home = join(out, signer);
		device = await startDevice({ store: join(out, `${signer}.bin`), signer, name: "localhost" });
		install(home, device, trust);
		const url = `https://127.0.0.1:${device.port}/`;
		expect(await showTo(home, url)).toContain("fingerprint");
		expect(await showTo(join(out, `stranger-${signer}`), url)).not.toContain("fingerprint");
		if (signer === "self") return;
		// The next certificate needs no new trust.
		await visit(device.port, "POST", "/address/192.168.7.7");
		expect(await showTo(home, url)).toContain("fingerprint");
	}
);

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type ClientIdentities, type ClientKind, makeClientIdentities } from "../client-identities";
import { startDesk } from "../desk";
import { sClient } from "../https";
import { identityFolder } from "../identities";

type Label = "off" | "optional" | "required";

let desk: ReturnType<typeof startDesk>;
let clients: ClientIdentities;
const ports = {} as Record<Label, number>;
beforeAll(async () => {
	clients = makeClientIdentities();
	desk = startDesk({ main: "build/js/host-tests/programs/server/auth-server.js", resources: [identityFolder] });
	await desk.waitForLine(/listening on all/);
	for (const label of ["off", "optional", "required"] as const) {
		ports[label] = Number(new RegExp(`${label} on (\\d+)`).exec(desk.output)?.[1]);
	}
});
afterAll(async () => {
	await desk.stop();
	rmSync(clients.folder, { recursive: true });
});

interface Answer {
	/** What the handler saw; `undefined` when the handshake failed. */
	body: { tls: { authorized: boolean; authorizationError?: string }; peer?: { serialNumber: string } } | undefined;
	text: string;
}

async function ask(label: Label, version: string, kind?: ClientKind): Promise<Answer> {
	// At its usual level openssl would not show a weak certificate.
	const level = ["-cipher", "DEFAULT:@SECLEVEL=0"];
	const { stdout, stderr } = await sClient(ports[label], version, ...level, ...(kind ? clients.options(kind) : []));
	const body = /^\{"tls".*\}/m.exec(stdout)?.[0];
	return { body: body === undefined ? undefined : JSON.parse(body), text: stdout + stderr };
}

describe.each(["-tls1_2", "-tls1_3"])("A5 client certificates %s", version => {
	test.each(["off", "optional", "required"] as const)("A5 %s: a good certificate", async label => {
		const { body } = await ask(label, version, "good");
		expect(body?.tls.authorized).toBe(label !== "off");
		expect(body?.peer?.serialNumber).toBe(label === "off" ? undefined : "4D");
	});

	test("A5 none where none is requested or required", async () => {
		expect((await ask("off", version)).body?.tls.authorized).toBe(false);
		const { tls, peer } = (await ask("optional", version)).body ?? {};
		expect({ authorized: tls?.authorized, peer }).toEqual({ authorized: false, peer: undefined });
	});

	// The alert of that name is one of TLS 1.3 (RFC 8446 §6.2, RFC 5246 §7.4.6).
	const alert = version === "-tls1_3" ? "certificate_required" : "handshake_failure";

	test(`A5 none where one is required: ${alert}`, async () => {
		const { body, text } = await ask("required", version);
		expect(body).toBeUndefined();
		expect(text).toMatch(new RegExp(`alert ${alert.replace("_", " ")}`));
		await desk.waitForLine(new RegExp(`required refused CERTIFICATE_REQUIRED: .*sent alert ${alert}`));
	});

	test.each([
		["expired", "CERTIFICATE_EXPIRED", /alert certificate expired/],
		["stranger", "CERTIFICATE_UNTRUSTED", /alert unknown ca/],
		["serverOnly", "CERTIFICATE_USAGE", /alert unsupported certificate/],
		["weak", "CERTIFICATE_WEAK", /alert (unsupported certificate|bad certificate)/]
	] as const)("A5 %s: refused where one is required, told of where it is optional", async (kind, code, alert) => {
		const { body, text } = await ask("required", version, kind);
		expect(body).toBeUndefined();
		expect(text).toMatch(alert);
		await desk.waitForLine(new RegExp(`required refused ${code}: .*sent alert`));
		expect((await ask("optional", version, kind)).body?.tls).toMatchObject({
			authorized: false,
			authorizationError: code
		});
	});
});

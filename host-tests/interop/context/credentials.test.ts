import { afterEach, expect, test } from "@jest/globals";
import { curl, type HttpsServer, startServer } from "../https";

let server: HttpsServer;
afterEach(() => server.stop());

// A file and a flash partition come with the credentials store; a Resource is flash that the firmware carries.
test.each([
	["PEM", "string", "p256"],
	["PEM", "buffer", "p256"],
	["PEM", "resource", "rsa2048"],
	["DER", "buffer", "rsa2048"],
	["DER", "resource", "p384"]
] as const)("B3 certificate and key as %s in a %s", async (encoding, form, identity) => {
	server = await startServer({ identities: [identity], config: { ending: encoding.toLowerCase(), form } });
	const { status, stderr } = await curl(server.url);
	expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

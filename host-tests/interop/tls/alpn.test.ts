import { afterEach, describe, expect, test } from "@jest/globals";
import { type HttpsServer, sClient, startServer } from "../https";

let server: HttpsServer;
afterEach(() => server.stop());

describe.each(["-tls1_2", "-tls1_3"])("B5 ALPN %s", version => {
	test("B5 the server's preference decides, and the handler sees it", async () => {
		server = await startServer({ config: { alpn: "second,first" } });
		const { stdout } = await sClient(server.port, version, "-alpn", "first,second");
		expect(stdout).toContain("ALPN protocol: second");
		expect(stdout).toContain('"alpnProtocol":"second"');
	});

	test("B5 no overlap ends with no_application_protocol on both sides", async () => {
		server = await startServer({ config: { alpn: "http/1.1" } });
		const { stdout, stderr } = await sClient(server.port, version, "-alpn", "h2");
		expect(stdout + stderr).toMatch(/no application protocol/);
		await server.waitForLine(/refused NO_APPLICATION_PROTOCOL: .*sent alert no_application_protocol/);
	});

	test("B5 a client that offers none is served", async () => {
		server = await startServer({ config: { alpn: "http/1.1" } });
		const { stdout } = await sClient(server.port, version);
		expect(stdout).toContain("No ALPN negotiated");
		expect(stdout).toContain("HTTP/1.1 200 OK");
	});
});

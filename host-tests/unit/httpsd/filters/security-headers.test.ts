import { expect, test } from "@jest/globals";
import { type SecurityHeadersOptions, securityHeaders } from "httpsd/filters/security-headers";
import { FakeListener } from "../fake-socket";
import { get } from "../files/get";
import { serve } from "../harness";

const all = {
	"content-security-policy": expect.stringContaining("default-src 'self'; "),
	"x-frame-options": "SAMEORIGIN",
	"x-content-type-options": "nosniff",
	"referrer-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin"
};

class SecureListener extends FakeListener {
	override read() {
		const socket = super.read();
		return socket && Object.assign(socket, { tls: {} });
	}
}

function site(options?: SecurityHeadersOptions): void {
	const server = serve({ maxConnections: 10 });
	server.use("/", securityHeaders(options));
	server.get("/", (_, response) => response.header("x-frame-options", "DENY").send(""));
}

test("B11 a sane set, on errors too; a handler may set others", async () => {
	site();
	const { headers } = await get("/nowhere");
	expect(headers).toMatchObject(all);
	expect(headers).not.toHaveProperty("strict-transport-security");
	expect((await get("/")).headers["x-frame-options"]).toBe("DENY");
});

test("B11 each may be another, or left out; those of TLS are sent over TLS only", async () => {
	site({ contentSecurityPolicy: "default-src 'none'", frameOptions: false, hsts: { maxAge: 60 } });
	const { headers } = await get("/nowhere");
	expect(headers["content-security-policy"]).toBe("default-src 'none'");
	expect(Object.keys(headers).filter(name => /frame|strict|opener/.test(name))).toEqual([]);
	serve({ io: SecureListener }).use("/", securityHeaders({ hsts: { maxAge: 60 } }));
	expect((await get("/nowhere")).headers).toMatchObject({
		"strict-transport-security": "max-age=60",
		"cross-origin-opener-policy": "same-origin"
	});
});

test("B11 an option that does not exist, and what no field can have, is refused", () => {
	for (const bad of [
		{ csp: "" },
		{ contentSecurityPolicy: "" },
		{ referrerPolicy: "a\r\nb: c" },
		{ frameOptions: true }
	])
		expect(() => securityHeaders(bad as never)).toThrow(TypeError);
	expect(() => securityHeaders({ hsts: { maxAge: -1 } })).toThrow(RangeError);
});

import { expect, test } from "@jest/globals";
import { basicAuth } from "httpsd/basic-auth";
import { type CorsOptions, cors } from "httpsd/filters/cors";
import { get } from "../files/get";
import { serve } from "../harness";

const app = "https://app.example";

function site(options: CorsOptions): ReturnType<typeof serve> {
	const server = serve({ maxConnections: 100 });
	server.use("/", cors(options));
	server.get("/", (_, response) => response.send("read"));
	return server;
}

/** Of an answer, what is said of other origins. */
async function asked(fields: string, method = "GET", path = "/") {
	const { status, headers } = await get(path, fields, method);
	const said = Object.entries(headers).filter(([name]) => name === "vary" || name.startsWith("access-control-"));
	return [status, Object.fromEntries(said.map(([name, value]) => [name.replace("access-control-", ""), value]))];
}

const preflight = `Origin: ${app}\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: X-A, content-type\r\n`;

test("B11 a preflight is answered, before authentication, and without a route", async () => {
	site({ origins: [app], credentials: true, maxAge: 600 }).use("/", basicAuth({ realm: "a", users: {} }));
	expect(await asked(preflight, "OPTIONS")).toEqual([
		204,
		{
			"allow-origin": app,
			"allow-credentials": "true",
			"allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
			"allow-headers": "x-a, content-type",
			"max-age": "600",
			vary: expect.anything()
		}
	]);
	expect((await asked(preflight, "OPTIONS", "/nowhere"))[0]).toBe(204);
});

test("B11 a preflight by other options: methods, fields, the user's own network", async () => {
	site({ origins: "*", methods: ["PUT"], headers: ["x-b"], privateNetwork: true });
	const local = `${preflight}Access-Control-Request-Private-Network: true\r\n`;
	expect(await asked(local, "OPTIONS")).toMatchObject([
		204,
		{ "allow-origin": "*", "allow-methods": "PUT", "allow-headers": "x-b", "allow-private-network": "true" }
	]);
});

test("B11 responses, and errors of any kind, may be read by the origins that are named only", async () => {
	const server = site({ origins: [app], expose: ["x-a"] });
	server.get("/fail", () => {
		throw new Error("secret");
	});
	const said = { "allow-origin": app, "expose-headers": "x-a", vary: "origin" };
	const statuses = [
		["/", 200],
		["/nowhere", 404],
		["/fail", 500]
	] as const;
	for (const [path, status] of statuses) expect(await asked(`Origin: ${app}\r\n`, "GET", path)).toEqual([status, said]);
	expect(await asked(`Origin: ${app}\r\n`, "PUT")).toEqual([405, said]);
	for (const origin of ["https://app.example.evil", "http://app.example", "null", `${app}:8443`])
		expect(await asked(`Origin: ${origin}\r\n`)).toEqual([200, { vary: "origin" }]);
	expect(await asked("")).toEqual([200, { vary: "origin" }]);
	expect(await asked(preflight.replace(app, "https://evil"), "OPTIONS")).toEqual([204, { vary: "origin" }]);
});

test("B11 a function lets origins in", async () => {
	site({ origins: origin => origin.endsWith(".example") });
	expect(await asked(`Origin: ${app}\r\n`)).toEqual([200, { "allow-origin": app, vary: "origin" }]);
	expect(await asked("Origin: https://evil\r\n")).toEqual([200, { vary: "origin" }]);
});

test("B11 a promise that a function returns lets in nobody", async () => {
	site({ origins: (async () => true) as never, credentials: true });
	expect(await asked("Origin: https://evil\r\n")).toEqual([200, { vary: "origin" }]);
});

test("B11 what would let in nobody, or everybody with their cookies, is refused", () => {
	const origins = [
		"https://app.example/",
		"app.example",
		"https://*.example",
		"https://APP.example",
		"https://a:443",
		""
	];
	for (const origin of origins) expect(() => cors({ origins: [origin] })).toThrow(TypeError);
	expect(() => cors({ origins: "*", credentials: true })).toThrow(TypeError);
	expect(() => cors({ origins: [app, "null"], credentials: true })).toThrow(TypeError);
	expect(() => cors({ origins: [app, "null"] })).not.toThrow();
	expect(() => cors({ origins: app as "*" })).toThrow(TypeError);
	expect(() => cors({ origins: "*", origin: "*" } as CorsOptions)).toThrow(TypeError);
	expect(() => cors({ origins: "*", methods: ["A B"] })).toThrow(TypeError);
	for (const maxAge of [-1, 1.5]) expect(() => cors({ origins: "*", maxAge })).toThrow(RangeError);
});

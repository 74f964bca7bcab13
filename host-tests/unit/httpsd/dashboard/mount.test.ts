import "../../tls/natives";
import { beforeAll, expect, test } from "@jest/globals";
import { basicAuth } from "httpsd/basic-auth";
import { dashboard } from "httpsd/dashboard";
import { resources } from "../../sdk/resource";
import { ask, bytes, parse, serve } from "../harness";

const files = ["index.html", "app.js.gz", "app.css.gz"];
beforeAll(() => {
	for (const name of files) resources.set(`dashboard+${name}`, bytes(`content of ${name}`));
});

const get = async (path: string, more = "") => parse(await ask(`GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`));

test("Z11 the page and its files stand below the path of use(); other paths go on to their routes", async () => {
	const server = serve({ maxConnections: 100 });
	server.use("/my/status", dashboard(server, { auth: false }));
	server.get("/my/status/more", (_request, response) => response.send("a route"));
	server.post("/my/status", (_request, response) => response.send("another"));
	expect(await get("/my/status")).toMatchObject({ status: 307, headers: { location: "./status/" } });
	expect(await get("/my/status/")).toMatchObject({ status: 200, body: "content of index.html" });
	const script = await get("/my/status/app.js");
	expect(script).toMatchObject({ status: 200, body: "content of app.js.gz" });
	expect(script.headers).toMatchObject({
		"content-encoding": "gzip",
		"content-type": "text/javascript;charset=utf-8",
		"cache-control": "private, max-age=31536000, immutable"
	});
	expect((await get("/my/status/app.css")).headers["content-type"]).toBe("text/css;charset=utf-8");
	expect(await get("/my/status/more")).toMatchObject({ status: 200, body: "a route" });
	expect(await get("/my/status/live")).toMatchObject({ status: 426 });
	for (const path of ["/my/status/app.js.gz", "/my/status/x/", "/my/status/index.html", "/my/", "/my/statuses"])
		expect([path, (await get(path)).status]).toEqual([path, 404]);
	expect(parse(await ask("POST /my/status HTTP/1.1\r\nHost: a\r\ncontent-length: 0\r\n\r\n")).body).toBe("another");
});

test("Z11 a strict policy goes with each file: nothing from elsewhere, nothing inline", async () => {
	const server = serve({ maxConnections: 100 });
	server.use("/", dashboard(server, { auth: false }));
	for (const path of ["/", "/app.js", "/app.css"]) {
		const { status, headers } = await get(path);
		expect(status).toBe(200);
		const policy = headers["content-security-policy"] ?? "";
		expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
		expect(policy).not.toMatch(/unsafe|\*/);
		expect(headers["x-content-type-options"]).toBe("nosniff");
	}
});

test.each([
	["at once", (password: string) => password === "right"],
	["later", async (password: string) => password === "right"]
])("Z11 nobody sees anything without credentials, which are checked %s", async (_when, check) => {
	const server = serve({ maxConnections: 100 });
	const auth = basicAuth({ realm: "Status", users: (_user, password) => check(password) });
	server.use("/status", dashboard(server, { auth }));
	const wrong = `authorization: Basic ${Buffer.from("a:wrong").toString("base64")}\r\n`;
	for (const path of ["/status/", "/status/app.js", "/status/live"])
		for (const more of ["", wrong]) expect([path, (await get(path, more)).status]).toEqual([path, 401]);
	const right = `authorization: Basic ${Buffer.from("a:right").toString("base64")}\r\n`;
	expect(await get("/status/", right)).toMatchObject({ status: 200, body: "content of index.html" });
});

test("Z11 a filter that answers by itself, or takes the request over, leaves nothing to see", async () => {
	const server = serve({ maxConnections: 100 });
	server.use("/", dashboard(server, { auth: (_request, response) => response.status(403).send("no") }));
	expect(await get("/")).toMatchObject({ status: 403, body: "no" });
});

test("Z11 what is wrong with the options is said at once, and a missing page too", () => {
	const server = serve({ maxConnections: 100 });
	const make = (options: object) => () => dashboard(server, options as never);
	expect(make({})).toThrow("dashboard needs auth: a filter, or false for everybody");
	expect(make({ auth: true })).toThrow(TypeError);
	expect(make({ auth: false, colour: 1 })).toThrow("dashboard has no option colour");
	for (const interval of [0, 99, 1.5, 60_001, Number.NaN]) expect(make({ auth: false, interval })).toThrow(RangeError);
	expect(make({ auth: false, maxViewers: 0 })).toThrow(RangeError);
	const page = resources.get("dashboard+index.html") as ArrayBuffer;
	resources.delete("dashboard+index.html");
	expect(make({ auth: false })).toThrow("There is no dashboard+index.html among the resources");
	resources.set("dashboard+index.html", page);
});

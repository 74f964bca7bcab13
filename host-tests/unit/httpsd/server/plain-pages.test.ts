// Filters that answer by themselves, on a plain port that redirects: what they show, and what they take, is for HTTPS alone.
import "../../tls/natives";
import { afterEach, beforeAll, expect, jest, test } from "@jest/globals";
import { basicAuth } from "httpsd/basic-auth";
import { dashboard } from "httpsd/dashboard";
import type HTTPSServer from "httpsd/https-server";
import { resources } from "../../sdk/resource";
import { bytes } from "../harness";
import { get, start } from "./plain-port";

jest.mock("tls/hash", () => jest.requireActual("../../tls/hash"));
// Behind the mock, which nothing hoists.
const { update, updateTrial } = jest.requireActual<typeof import("httpsd/update")>("httpsd/update");

beforeAll(() => {
	for (const name of ["index.html", "app.js.gz", "app.css.gz"]) resources.set(`dashboard+${name}`, bytes("the page"));
});
let server: HTTPSServer;
afterEach(() => server.stop());

const authorization = `Authorization: Basic ${btoa("ada:x")}\r\n`;
const auth = basicAuth({ realm: "a", users: { ada: "x" } });

test.each([
	["everybody may look", false as const, ""],
	["who looks has sent a password", auth, authorization]
])("Z11 B2 a dashboard is not shown over plain TCP, where %s", async (_, who, fields) => {
	server = start({ redirect: { exempt: ["/open"] } });
	for (const path of ["/status", "/open"]) server.use(path, dashboard(server, { auth: who }));
	for (const path of ["/status", "/status/", "/status/app.js", "/status/live"])
		expect(await get(path, fields)).toMatchObject({ status: 307, location: `https://a${path}` });
	expect(await get("/open/", fields)).toMatchObject({ status: 200, body: "the page" });
});

test("Z14 B2 firmware is not taken over plain TCP, whatever password is sent along", async () => {
	server = start();
	const io = { open: jest.fn<() => never>() };
	server.use("/firmware", update({ auth, io, partition: () => ({}), maxLength: 100, updated() {} }));
	const fields = `${authorization}Content-Length: 0\r\nRepr-Digest: sha-256=:${"A".repeat(43)}=:\r\n`;
	expect(await get("/firmware", fields, "PUT")).toMatchObject({ status: 307, location: "https://a/firmware" });
	expect(io.open).not.toHaveBeenCalled();
});

test("Z14 B2 that the plain port sends somebody to HTTPS does not confirm new firmware", async () => {
	server = start({ redirect: { exempt: ["/open"] } });
	const confirm = jest.fn();
	updateTrial(server, { isPending: () => true, confirm, giveUp() {} });
	expect((await get("/")).status).toBe(307);
	expect(confirm).not.toHaveBeenCalled();
	expect((await get("/open")).status).toBe(200);
	expect(confirm).toHaveBeenCalledTimes(1);
});

test("Z11 Z14 a filter that answers yes or no lets nobody in, neither of them", async () => {
	server = start({ plain: "serve" });
	for (const isRight of [true, false]) server.use(`/${isRight}`, dashboard(server, { auth: async () => isRight }));
	expect((await get("/false/")).status).toBe(403);
	expect((await get("/true/")).body).not.toContain("the page");
});

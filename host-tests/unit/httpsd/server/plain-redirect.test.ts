// What the plain port of an HTTPSServer answers, when it redirects.
import { expect, test } from "@jest/globals";
import { basicAuth } from "httpsd/basic-auth";
import HttpError from "httpsd/http-error";
import { get, start } from "./plain-port";

const probes = ["/generate_204", "/hotspot-detect.html", "/.well-known/acme-challenge/"];

test.each([
	["/generate_204", 200],
	["/.well-known/acme-challenge/token", 200],
	["/%2ewell-known/acme%2dchallenge/token", 200],
	["/generate_2045", 307],
	["/", 307],
	["/.well-known/acme-challenge/../secret", 400],
	["/.well-known/acme-challenge/%2e%2e/secret", 400]
])("B2 of paths that are exempt, %s is %i", async (path, status) => {
	start({ redirect: { exempt: probes } });
	expect((await get(path)).status).toBe(status);
});

test("B2 filters run before the redirect, and may take the request over", async () => {
	const server = start();
	const seen: string[] = [];
	server.use("/", async (request, response) => {
		seen.push(request.path);
		response.header("x-filter", "ran");
		if (request.path === "/limited") throw new HttpError(429, "RATE", "Too many");
		if (request.path === "/taken") response.send("taken");
	});
	const { status, headers } = await get("/a");
	expect([status, headers["x-filter"], headers.location]).toEqual([307, "ran", "https://a/a"]);
	expect([(await get("/limited")).status, (await get("/taken")).body]).toEqual([429, "taken"]);
	expect(seen).toEqual(["/a", "/limited", "/taken"]);
	await server.stop();
});

test("B2 no credentials are asked for over plain TCP: the redirect comes first", async () => {
	const server = start({ redirect: { exempt: ["/open"], status: 308 } });
	server.use("/", basicAuth({ realm: "a", users: { ada: "x" } }));
	server.use("/later", async () => {
		throw new HttpError(401, "CREDENTIALS", "None");
	});
	for (const path of ["/", "/later", "/a?b"]) {
		const { status, location, headers } = await get(path);
		expect([status, location, headers["www-authenticate"]]).toEqual([308, `https://a${path}`, undefined]);
	}
	expect(await get("/open")).toMatchObject({
		status: 401,
		headers: { "www-authenticate": expect.stringMatching(/^Basic/) }
	});
	await server.stop();
});

test("B2 where a filter wants credentials later, what cannot be redirected is answered: its rejection ended XS", async () => {
	const server = start();
	server.use("/", async () => {
		throw new HttpError(401, "CREDENTIALS", "None");
	});
	expect((await get("a:1", "", "CONNECT")).status).toBe(501);
	await server.stop();
});

test("B2 filters behind one that wants credentials do not run: they may count on who has sent the request", async () => {
	const server = start();
	server.use("/", basicAuth({ realm: "a", users: { ada: "x" } }));
	server.use("/", ({ user }) => {
		if (user !== "ada") throw new HttpError(403, "USER", "Only one may");
	});
	expect((await get("/a")).location).toBe("https://a/a");
	await server.stop();
});

test("B2 where it redirects to is an option; HEAD and POST go there too", async () => {
	const server = start({ port: 8443, redirect: { host: "device.example", port: 443 } });
	for (const method of ["GET", "HEAD", "POST"])
		expect((await get("/a?b", "Content-Length: 0\r\n", method)).location).toBe("https://device.example/a?b");
	await server.stop();
	const own = start({ port: 8443 });
	expect((await get("/a")).location).toBe("https://a:8443/a");
	await own.stop();
	expect(() => start({ plain: "serve", redirect: {} })).toThrow(TypeError);
	expect(() => start({ redirect: { status: 200 } })).toThrow(RangeError);
});

// The package as another project has it: `npm pack`, `npm install` of the tarball without a network, its types in TypeScript and
// JavaScript, and its tools. mcpack.test.ts has the SDK build with it.

import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { root } from "../paths";
import { installPackage, name, type Project, tsconfigFor } from "./project";

const tsc = join(root, "node_modules/.bin/tsc");
let project: Project;
beforeAll(() => {
	project = installPackage();
}, 240_000);
afterAll(() => project?.remove());

test("Z13 the tarball is complete, small and without tests", () => {
	const said = project.run("sh", "-c", `cd '${root}' && node package/check.mjs '${project.tarball}'`);
	expect(said).toMatch(/^release-check: moddable-https-server \d/);
});

test("Z13 all that it exports has types, in a user's TypeScript", () => {
	const { exports } = JSON.parse(readFileSync(join(project.folder, "node_modules", name, "package.json"), "utf8"));
	const modules = Object.keys(exports).filter(key => key !== "./package.json");
	const all = modules.map((key, index) => `export * as m${index} from "${name}${key.slice(1)}";\n`);
	project.write({ "all.ts": all.join(""), "tsconfig.json": tsconfigFor(["all.ts"]) });
	expect(modules.length).toBeGreaterThan(50);
	// Declarations too; those of the SDK are not free of errors.
	const said = project.run("sh", "-c", `'${tsc}' -p . --skipLibCheck false || true`);
	expect(said.split("\n").filter(line => line !== "" && !line.startsWith("node_modules/@moddable/"))).toEqual([]);
});

const server = `import HTTPSServer from "${name}/httpsd/https-server";
import Resource from "Resource";
const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: 0, secure });
server.get("/hello/:name", (request, response) => response.send("Hello, " + request.params.name));
server.start();
`;

test.each(["user.ts", "user.js"])("Z13 an editor tells a wrong option and a wrong word in %s", file => {
	project.write({ [file]: server, "tsconfig.json": tsconfigFor([file]) });
	expect(project.run(tsc, "-p", ".")).toBe("");
	const wrong = `${server}new HTTPSServer({ secur: secure });\nserver.gett("/");\n`;
	project.write({ [file]: wrong });
	expect(() => project.run(tsc, "-p", ".")).toThrow(/'secur'[\s\S]*'gett'/);
});

test("E10 Z13 its certificate tool makes a certificate", () => {
	project.run("node_modules/.bin/certs", "server", "--out", "identity", "--host", "device.local");
	const certificate = new X509Certificate(readFileSync(join(project.folder, "identity/server.pem")));
	expect(certificate.checkHost("device.local")).toBe("device.local");
	expect(existsSync(join(project.folder, "identity/server.key.pem"))).toBe(true);
});

test("Z13 its other tool says what it does, and refuses what it does not know", () => {
	expect(project.run("node_modules/.bin/moddable-https-server", "--help")).toContain("mbedTLS 3.6");
	expect(() => project.run("node_modules/.bin/moddable-https-server", "simulators")).toThrow("Usage: ");
});

// The SDK builds with the package, without a manifest (mcpack) and with one.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { run } from "../https";
import { root } from "../paths";
import { applicationOf, startServer, whyNot } from "../simulator/simulator";
import { installPackage, name } from "./project";
import { Builder, whyNoSDK } from "./sdk";

const program = `import HTTPSServer from "${name}/httpsd/https-server";
import Resource from "Resource";
const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const server = new HTTPSServer({ port: 0, secure });
server.get("/hello/:name", (request, response) => response.send("Hello, " + request.params.name));
server.start();
trace("listening on " + server.port + "\\n");
`;
const base = ["$(MODDABLE)/examples/manifest_base.json", "$(MODDABLE)/examples/manifest_net.json"];
const data = { "*": ["./identity/server.pem", "./identity/server.key.pem"] };
const installed = `./node_modules/${name}`;
const whole = { include: [...base, `${installed}/dist/httpsd/manifest.json`], modules: { "*": "./main" }, data };

if (whyNoSDK !== undefined) test.skip(`Z13 mcpack and mcconfig (skipped: ${whyNoSDK})`, () => {});
else {
	const project = installPackage();
	afterAll(project.remove);
	const builder = new Builder(project);
	const own = { name: "a-device", version: "1.0.0", type: "module", main: "./main.js" };
	const packed = (...include: string[]) =>
		project.write({ "package.json": JSON.stringify({ ...own, moddable: { manifest: { include, data } } }) });
	project.write({ "main.js": program });
	packed(...base);
	project.run("node_modules/.bin/certs", "server", "--out", "identity", "--host", "localhost");
	// As the package's own command has it, from the source that is here.
	process.env.MBEDTLS_DIR = join(root, "build/cache/mbedtls/source");
	project.run("node_modules/.bin/moddable-https-server", "simulator");
	const out = builder.configure(["mcpack", "mcconfig"], "lin", "lin");
	builder.build(out, whyNot === undefined);

	const title = "Z13 what mcpack makes of a JavaScript project serves, in the simulator";
	if (whyNot === undefined)
		test(title, async () => {
			const { port } = await startServer(applicationOf(join(project.folder, "lin"), "a-device"));
			const ca = join(project.folder, "identity/ca.pem");
			const { stdout } = await run("curl", ["-sS", "--cacert", ca, `https://localhost:${port}/hello/you`]);
			expect(stdout).toBe("Hello, you");
		});
	else test.skip(`${title} (skipped: ${whyNot}; its C was compiled)`, () => {});

	test("Z13 mcpack links what is imported alone, and a device's limits", () => {
		const linked = builder.link(builder.configure(["mcpack", "mcconfig"], "esp32/esp32c3", "packed"));
		expect(linked).toContain(`"${name}/httpsd/https-server.xsb"`);
		expect(linked).not.toContain(`${name}/identity`);
		expect(linked).not.toContain(`${name}/httpsd/basic-auth`);
		// The first place in memory of a device; of a desk it is 33,554,432.
		expect(linked).toContain("18432");
	}, 300_000);

	test("Z13 a part that is left out is not linked by mcpack either", () => {
		packed(...base, `${installed}/dist/without/websocket.json`);
		const linked = builder.link(builder.configure(["mcpack", "mcconfig"], "esp32/esp32c3", "without"));
		expect(linked).toContain(`"${name}/httpsd/websocket/endpoint.xsb"`);
		expect(linked).not.toContain(`${name}/httpsd/websocket/frame-reader`);
	}, 300_000);

	test("Z13 the same lines are TypeScript, with a manifest", () => {
		mkdirSync(join(project.folder, "typed"));
		const there = JSON.stringify(whole).replaceAll('"./', '"../').replace('"../main"', '"./main"');
		project.write({ "typed/manifest.json": there, "typed/main.ts": program });
		const linked = builder.link(builder.configure(["mcconfig", "typed/manifest.json"], "lin", "whole"));
		expect(linked).toContain(`"${name}/httpsd/https-server.xsb"`);
		expect(linked).toContain(`"${name}/httpsd/basic-auth.xsb"`);
	}, 300_000);
}

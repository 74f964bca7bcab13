// modules/without, as the SDK's linker sees it: a server over TLS is linked for a device without what all.json leaves out.

import { expect, test } from "@jest/globals";
import { linkedModules, whyNot } from "./linker";

const title = "Z10 a server over TLS is linked without the parts that modules/without/all.json leaves out";
if (whyNot === undefined) {
	test(title, () => {
		const modules = linkedModules("host-tests/flash/server_alone.json", "build/flash/test-server_alone.json");
		expect(modules).toEqual(
			expect.arrayContaining(["httpsd/https-server", "httpsd/files", "httpsd/websocket/endpoint"])
		);
		const left = ["httpsd/websocket", "httpsd/file-stores", "httpsd/digest-auth", "tls/tls", "tls/x509/der"];
		expect(modules.filter(name => left.includes(name))).toEqual([]);
	});
} else test.skip(`${title} (skipped: ${whyNot})`, () => {});

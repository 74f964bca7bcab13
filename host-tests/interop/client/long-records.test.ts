// Z12: a peer chooses how long its records are, up to 16,384 bytes; who reads all that he is told of has that in XS's heap.

import { connect } from "node:tls";
import { afterEach, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { identityFolder } from "../identities";

let desk: Desk | undefined;
afterEach(async () => {
	await desk?.stop();
});

const bytes = 2 * 16_384;
const content = Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => at % 251));

test.each(["TLSv1.2", "TLSv1.3"] as const)(
	"E5 Z12 %s: who reads whatever has come outlives the longest records",
	async version => {
		for (const reader of ["all", "counted", "parts", "into", "later", "handed", "received"]) {
			desk = startDesk({
				variant: "device",
				platform: "esp32c3",
				main: "build/js/host-tests/programs/tls/long-records.js",
				resources: [identityFolder],
				config: { reader, bytes, left: 14_000 }
			});
			const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
			const client = connect({ port, rejectUnauthorized: false, minVersion: version, maxVersion: version });
			client.on("error", () => undefined).write(content);
			expect([reader, (await desk.waitForLine(/read .*/))[0]]).toEqual([
				reader,
				`read ${bytes}, 2048 at most, right true`
			]);
			client.destroy();
			await desk.stop();
		}
	}
);

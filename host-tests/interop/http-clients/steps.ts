// HTTP clients that this project did not write, each by a program over it (host-tests/peers):
//
//   PROGRAM URL PLAIN-URL CA    does some steps, in a folder with `stranger.pem`, a CA that is not the server's, and prints
//                               each with what came of it: `upload 1000000`

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { caFile, identityFolder } from "../identities";

export class Field {
	readonly folder = mkdtempSync(join(tmpdir(), "field-"));
	#desk: Desk | undefined;
	url = "";
	plainURL = "";
	port = 0;
	plainPort = 0;

	/** For the tests of a group: when the file's last tests have ended, its server is not asked any more how it ends. */
	constructor(config: Record<string, number> = {}) {
		beforeAll(async () => {
			const main = "build/js/host-tests/programs/httpsd/clients-site.js";
			this.#desk = startDesk({ main, resources: [identityFolder], config });
			const [, port, plainPort] = await this.#desk.waitForLine(/ports (\d+) (\d+)/);
			[this.port, this.plainPort] = [Number(port), Number(plainPort)];
			[this.url, this.plainURL] = [`https://localhost:${port}`, `http://localhost:${plainPort}`];
			const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null"];
			const stranger = ["req", "-x509", ...key, "-subj", "/CN=Stranger", "-out", "stranger.pem"];
			execFileSync("openssl", stranger, { cwd: this.folder, stdio: "ignore" });
		});
		afterAll(async () => {
			rmSync(this.folder, { recursive: true });
			const exit = await this.#desk?.stop();
			expect([exit, this.#desk?.output]).toEqual([
				{ code: 0, signal: null },
				// Those to whom the CA is a stranger's say so, or leave.
				expect.stringMatching(/^ports .*\n(error TLSError: The .* (alert .*|without close_notify)\n)*$/)
			]);
		});
	}
}

/** What a program has printed, by step. */
export const stepsOf = (output: string): Record<string, string> =>
	Object.fromEntries(
		output
			.trimEnd()
			.split("\n")
			.map(line => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)])
	);

/** What comes of the steps that every program does. */
export const common = {
	page: "200 <!doctype html><title>Site</title><p>Served by XS",
	kept: expect.stringMatching(/^200 (\d+)( 200 \1){4}$/),
	redirect: expect.stringMatching(/^200 \d+$/),
	pieces: "200 onetwo",
	download: "1000000",
	upload: "1000000",
	stream: "300000",
	range: "206 0123456789",
	unchanged: "304",
	head: "200 3000000",
	/** An upload that is refused at its beginning: no reset, though the client may send to the end before it reads. */
	refused: "403 You may not"
};

/** A file's name arrives as it was written. */
export const form = { form: "f größe 😀.txt content" };
export const webSockets = { text: "naïve 😀", binary: "60000" };
export { caFile };

// Clients that send as fast as they can, in the shapes that cost most for a byte: others have their turns, on real XS.

import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { expectAsQuick } from "../beside";
import { curl, type Site, startSite, variants } from "./site";

const request = (first: string, fields: string) => `${first} HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`;
const chunked = "Transfer-Encoding: chunked";
const near = `\r\n--${"B".repeat(69)}`;
const form = `Content-Type: multipart/form-data; boundary=${"B".repeat(70)}\r\nContent-Length: 2000000000`;
const part = `${near}B\r\nContent-Disposition: form-data; name=a\r\n\r\n`;
const floods: [string, string, string][] = [
	["chunks", request("PUT /sum", chunked), "1\r\na\r\n"],
	["chunks that nobody reads", request("POST /nowhere", chunked), "1\r\na\r\n"],
	["boundaries, nearly", request("POST /skip", form) + part, near]
];
/** So that no flood ends by itself. */
const patient = {
	maxBody: 2 ** 31 - 1,
	maxDiscard: 2 ** 31 - 1,
	maxLinger: 2 ** 31 - 1,
	lingerTimeout: 600_000,
	bodyTimeout: 600_000
};

describe.each(variants)("clients that flood the desk host, %s", variant => {
	let site: Site;
	let untouched: Site;
	beforeAll(async () => {
		site = await startSite(variant, { ...patient, maxConnections: 4 });
		untouched = await startSite(variant);
	});
	afterAll(async () => {
		await untouched.desk.stop();
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	const visit = ({ url }: Site) => curl(`${url}/hello/[1-2]`);

	test.each(floods)("Z2 others are served beside a flood of %s", async (_, head, unit) => {
		const flood = connect({ port: site.port, host: "127.0.0.1" });
		const block = unit.repeat(10_000);
		const fill = () => {
			while (!flood.destroyed && flood.write(block));
		};
		flood.on("error", () => {}).on("drain", fill);
		flood.write(head);
		fill();
		await expectAsQuick(() => visit(site), { times: 6, control: () => visit(untouched) });
		expect(flood.destroyed).toBe(false);
		flood.resetAndDestroy();
	});
});

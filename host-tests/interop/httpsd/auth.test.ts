// Authentication on real XS, judged by curl.

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { curl, type Site, startSite, variants } from "./site";

describe.each(variants)("authentication on the desk host, %s", variant => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite(variant);
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	/** What curl gets at last, and the status of each answer. */
	const ask = async (path: string, ...parameters: string[]) => {
		const output = await curl("-i", ...parameters, `${site.url}${path}`);
		const statuses = [...output.matchAll(/^HTTP\/1.1 (\d+)/gm)].map(match => Number(match[1]));
		return { statuses, body: Buffer.from(output.slice(output.lastIndexOf("\r\n\r\n") + 4), "latin1").toString() };
	};

	test("B11 Basic: curl --basic", async () => {
		expect(await ask("/basic/", "-u", "Mufasa:Circle of Life")).toEqual({ statuses: [200], body: "Mufasa sent 0" });
		expect(await ask("/basic/", "-u", "Jäsøn:123£")).toEqual({ statuses: [200], body: "Jäsøn sent 0" });
		expect((await ask("/basic/", "-u", "Mufasa:wrong")).statuses).toEqual([401]);
		expect((await ask("/basic/")).statuses).toEqual([401]);
	});

	test("B11 Digest: curl --digest, also with content, a query, and several requests with one nonce", async () => {
		const right = ["--digest", "-u", "Mufasa:Circle of Life"];
		expect(await ask("/digest/", ...right)).toEqual({ statuses: [401, 200], body: "Mufasa sent 0" });
		expect(await ask("/digest/a?b=c%20d", ...right, "-d", "12345")).toEqual({
			statuses: [401, 200],
			body: "Mufasa sent 5"
		});
		expect((await ask("/digest/", "--digest", "-u", "Jäsøn:123£")).statuses).toEqual([401, 200]);
		expect((await ask("/digest/", "--digest", "-u", "Mufasa:wrong")).statuses).toEqual([401, 401]);
		const several = await curl("-i", ...right, `${site.url}/digest/[1-5]`);
		expect(several.match(/^HTTP\/1.1 (\d+)/gm)).toEqual(["HTTP/1.1 401", ...Array(5).fill("HTTP/1.1 200")]);
	});

	test("B11 Bearer: curl --oauth2-bearer", async () => {
		const token = (value: string) => ask("/bearer/", "--oauth2-bearer", value);
		expect(await token("mF_9.B5f-4.1JqM")).toEqual({ statuses: [200], body: "ada sent 0" });
		expect((await token("mF_9.B5f-4.1JqN")).statuses).toEqual([401]);
	});

	test("B11 rate limit: 429 with Retry-After", async () => {
		const answers = [await ask("/limited/"), await ask("/limited/"), await ask("/limited/")];
		expect(answers.map(each => each.statuses[0])).toEqual([200, 200, 429]);
		expect(await curl("-i", `${site.url}/limited/`)).toMatch(/\r\nretry-after: \d+\r\n/);
	});
});

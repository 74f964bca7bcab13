// A refusal reaches a client that is still uploading: no reset, whatever the client does first, and however slow it is.

import { readFileSync } from "node:fs";
import { request as requestPlain } from "node:http";
import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { launchChromium, openWindow } from "../../../chromium";
import { within } from "../../../deadline";
import { run } from "../../https";
import { caFile } from "../../identities";
import { type FieldSite, startFieldSite } from "./field-site";

const megabytes = 12;
const python = (url: string) => `
import requests
answer = requests.post(${JSON.stringify(url)}, data=bytes(${megabytes} << 20), verify=${JSON.stringify(caFile)})
print(answer.status_code, answer.headers["connection"], len(answer.text))
`;
const httpClient = (url: string) => `
import http.client, ssl, urllib.parse
where = urllib.parse.urlparse(${JSON.stringify(url)})
context = ssl.create_default_context(cafile=${JSON.stringify(caFile)})
secure = where.scheme == "https"
client = http.client.HTTPSConnection(where.netloc, context=context) if secure else http.client.HTTPConnection(where.netloc)
client.request("POST", where.path, (bytes(1 << 16) for _ in range(${megabytes} << 4)), {}, encode_chunked=True)
answer = client.getresponse()
print(answer.status, answer.headers["connection"], len(answer.read()))
`;
const outputOf = async (script: string) => {
	const { stdout, stderr } = await run("/usr/bin/python3", ["-c", script]);
	return stdout.trim() || stderr;
};

describe.each(["https", "http"] as const)("uploads that are refused, over %s", scheme => {
	let site: FieldSite;
	let url: string;
	beforeAll(async () => {
		site = await startFieldSite();
		url = site.urls[scheme];
	});
	afterAll(async () => {
		expect(await site.desk.stop()).toEqual({ code: 0, signal: null });
	});

	test("Python's requests and http.client, which send to the end before they read", async () => {
		expect(await outputOf(python(`${url}/forbidden`))).toBe("403 close 11");
		expect(await outputOf(httpClient(`${url}/forbidden`))).toBe("403 close 11");
	});

	test("neither waits for the other where the refusal is long", async () => {
		expect(await outputOf(python(`${url}/long-refusal`))).toBe("403 close 300000");
	});

	test("content over maxBody: the page of 413, with what filters have set", async () => {
		const { stdout } = await run("curl", [
			...["--silent", "--cacert", caFile, "-i", "-H", "Expect:", "--data-binary", `@${process.execPath}`],
			`${url}/small`
		]);
		expect(stdout).toMatch(/^HTTP\/1.1 413 .*access-control-allow-origin: \*\r\n.*\{"code":"BODY_SIZE"\}$/s);
	});

	test("one at 300 kB/s, for longer than lingerTimeout", async () => {
		const slow = `(time.sleep(0.05) or bytes(15000) for _ in range(70))`;
		const script = httpClient(`${url}/forbidden`).replace(/\(bytes[^)]*\) for _ in range\([^)]*\)\)/, slow);
		expect(await outputOf(`import time\n${script}`)).toBe("403 close 11");
	});

	test("Node, which is told while it sends", async () => {
		const send = scheme === "https" ? request : requestPlain;
		const answer = new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
			const options = { method: "POST", ca: readFileSync(caFile), headers: { "content-length": megabytes << 20 } };
			const asked = send(`${url}/forbidden`, options, response => {
				resolve([response.statusCode, response.headers.connection]);
				response.resume();
			});
			asked.on("error", reject).end(Buffer.alloc(megabytes << 20));
		});
		expect(await within(20_000, "an answer", answer)).toEqual([403, "close"]);
	});
});

test("Chromium: a status, and not a network error", async () => {
	const site = await startFieldSite();
	const browser = await launchChromium();
	try {
		const page = await (await openWindow(browser)).newPage();
		await page.goto(`${site.urls.https}/`);
		const upload = `fetch("/forbidden", { method: "POST", body: new Blob([new Uint8Array(${megabytes} << 20)]) })
			.then(response => response.text().then(text => response.status + " " + text), String)`;
		expect(await page.evaluate(upload)).toBe("403 You may not");
	} finally {
		await browser.close();
		await site.desk.stop();
	}
});

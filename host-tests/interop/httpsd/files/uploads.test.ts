// Names of uploaded files as real programs send them, on real XS.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { curl, type Site, startSite } from "../site";

let site: Site;
const folder = mkdtempSync(join(tmpdir(), "uploads-"));
beforeAll(async () => {
	site = await startSite("release");
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await site.desk.stop();
});

const told = (text: string) => JSON.parse(Buffer.from(text, "latin1").toString());

const names = ["plain.txt", "a b.txt", "größe 😀.txt", 'with "quotes".txt', "semi;colon.txt", "100%25.txt", "tail\\"];

test.each(names)("B11 %j arrives from curl, escaped by percent signs or backslashes, and from Node", async name => {
	const path = join(folder, name);
	writeFileSync(path, "content");
	// A backslash is what other systems have between folders.
	const expected = name.replace("\\", "");
	const option = `f=@"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
	for (const more of [[], ["--form-escape"]])
		expect(told(await curl(...more, "-F", option, `${site.url}/names`))).toEqual([
			["f", expected, expected, "content"]
		]);
	const form = new FormData();
	form.append("ü", new Blob(["content"]), name);
	const answer = await fetch(`${site.url}/names`, { method: "POST", body: form });
	expect(await answer.json()).toEqual([["ü", expected, expect.anything(), "content"]]);
});

test("B11 folders, a way out of the folder, an older charset", async () => {
	const path = join(folder, "any");
	writeFileSync(path, "content");
	const sent = async (name: string) =>
		told(await curl("-F", `f=@${path};filename="${name}"`, `${site.url}/names`))[0].slice(1, 3);
	expect(await sent("photos/2024/x.jpg")).toEqual(["x.jpg", "photos/2024/x.jpg"]);
	expect(await sent("../../../etc/passwd")).toEqual(["passwd", "etc/passwd"]);
	expect(await sent("..")).toEqual(["", ""]);
	const latin = Buffer.from(
		'--b\r\nContent-Disposition: form-data; name="f"; filename="d\xe9j\xe0"\r\n\r\nx\r\n--b--\r\n',
		"latin1"
	);
	const headers = { "Content-Type": "multipart/form-data; boundary=b" };
	const answer = await fetch(`${site.url}/names`, { method: "POST", body: latin, headers });
	expect(await answer.json()).toEqual([["f", "déjà", "déjà", "x"]]);
});

/** Python is there wherever the tests run; of its libraries only what Debian has. */
const script = `
import sys, urllib.request
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
form = MIMEMultipart('form-data')
part = MIMENonMultipart('application', 'octet-stream')
part.add_header('Content-Disposition', 'form-data', name='f', filename=('utf-8', '', 'gr\\u00f6\\u00dfe.txt'))
part.set_payload('content')
form.attach(part)
head, body = form.as_bytes().replace(b'\\n', b'\\r\\n').split(b'\\r\\n\\r\\n', 1)
request = urllib.request.Request(sys.argv[1], body, {'Content-Type': form['Content-Type']})
print(urllib.request.urlopen(request).read().decode())
`;

test("B11 Python's own library sends the extended notation only", () => {
	const printed = execFileSync("python3", ["-c", script, `${site.url}/names`], { encoding: "utf8" });
	expect(JSON.parse(printed)).toEqual([["f", "größe.txt", "größe.txt", "content"]]);
});

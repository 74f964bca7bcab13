// A filter guards a file by whichever spelling a file system finds it: use("/sd/private") and /sd/PRIVATE.
import { describe, expect, test } from "@jest/globals";
import type { FileStore } from "httpsd/file-stores";
import { foldedNames, systemFiles } from "httpsd/file-system";
import { serveFiles } from "httpsd/files";
import { serve } from "../harness";
import { get } from "./get";

/** A file system that finds one file under every name. */
class AnyFile {
	readonly length = 6;
	position = 0;
	static exists(path: string): boolean {
		return !path.endsWith(".gz") && !path.endsWith(".br");
	}
	read(): ArrayBuffer {
		return ArrayBuffer.fromString("secret");
	}
	close(): void {}
}

const card = (names?: "exact") => systemFiles(AnyFile as never, "/sd/", names === undefined ? {} : { names });

function guarded(prefix: string, store: FileStore = card()): void {
	const server = serve({ maxConnections: 500 });
	server.use(prefix, (_, response) => response.status(401).send());
	server.files("/sd/", store);
}

const spellings: readonly (readonly [prefix: string, path: string])[] = [
	["private", "private/x"],
	["private", "PRIVATE/x"],
	["private", "Private"],
	["PRIVATE", "private/x"],
	["private", "pri%76ate/x"],
	["private", "%50RIVATE/x"],
	["private", "private/"],
	["private/x.txt", "private/X.TXT"],
	["private/index.html", "private/"],
	["private/index.html", "PRIVATE/"],
	["caf%C3%A9", "cafe%CC%81/x"],
	["cafe%CC%81", "caf%C3%A9/x"],
	["caf%C3%A9", "CAF%C3%89/x"],
	["stra%C3%9Fe", "STRASSE/x"],
	["pass", "pa%C3%9F/x"],
	["kelvin", "%E2%84%AAelvin/x"],
	["private", "pr%C4%B0vate/x"],
	["private", "pr%C4%B1vate/x"],
	["%C4%B0zmir", "izmir/x"],
	["files", "%EF%AC%81les/x"],
	["sure", "%C5%BFure/x"],
	["private", "pri%E2%80%8Dvate/x"],
	["private", "%EF%BB%BFprivate/x"],
	["%C3%82", "%C3%88/x"],
	["x.txt", "x.txt%20anything/else"],
	["my%20file", "my%20file/x"],
	["private-data", "PRIVATE-/x"],
	["private-data/my%20notes.html", "private-/mynotes.htm"],
	["private-data/x", "private-data/x"],
	["a+b%20private.data", "a_bpriva.dat/x"],
	["gr%C3%B6%C3%9Fe-der-daten", "gr__e-de/x"],
	["private.", "private/x"],
	["private%20", "private/x"]
];

const refused = [
	"private./x",
	"private../x",
	"private%20/x",
	"private%20.%20/x",
	"%20private/x",
	"private/x.txt.",
	"private/x.txt%20",
	"PRIVAT~1/x",
	"privat~1/x",
	"PR5F3A~1/x",
	"PRIV~A3F/X.TXT",
	"private/SECRET~1.HTM",
	"x.txt::$DATA",
	"private::$INDEX_ALLOCATION/x",
	"x.txt:stream",
	"0:/private/x",
	"con",
	"NUL.txt",
	"private/aux/x",
	"COM1",
	"lpt%C2%B9",
	"priv*",
	"privat%3f/x",
	"privat%3E",
	"private%5Cx",
	"private%0A",
	"..."
];

describe("another spelling of a name on FAT, NTFS, APFS", () => {
	test.each(spellings)("B11 use(/sd/%s) guards /sd/%s", async (prefix, path) => {
		guarded(`/sd/${prefix}`);
		expect((await get(`/sd/${path}`)).status).toBe(401);
	});

	test.each(refused)("B11 /sd/%s leads to no file", async path => {
		guarded("/none");
		expect([path, (await get(`/sd/${path}`)).status]).toEqual([path, 404]);
	});

	test.each(["private", "privat", "a~", "backup-2024~1.html", "console", "com10x", "a.b.c", "name with blanks", "é"])(
		"B11 an ordinary name is served: %s",
		async name => {
			guarded("/sd/private/");
			guarded("/sd/privatex");
			guarded("/sd/backup-2024~1.htm/x");
			expect((await get(`/sd/${encodeURIComponent(name)}`)).body).toBe("secret");
		}
	);

	test("B11 where each name is another file, no other is guarded; and a filter may have names of its own", async () => {
		guarded("/sd/private", card("exact"));
		expect((await get("/sd/PRIVATE/x")).body).toBe("secret");
		const server = serve();
		server.use("/up/private", (_, response) => response.status(401).send(), { names: foldedNames });
		server.put("/up/*", (_, response) => response.send("stored"));
		for (const path of ["PRIVATE/x", "private./x", "PRIVAT~1/x", "private"])
			expect([path, (await get(`/up/${path}`, "", "PUT")).status]).toEqual([path, 401]);
		expect((await get("/up/public/x", "", "PUT")).body).toBe("stored");
	});
});

test("B11 filters of another spelling run once, in order, wait, and guard a handler that serveFiles() made too", async () => {
	const server = serve();
	const ran: string[] = [];
	const note = (name: string) => async () => void ran.push(name);
	for (const prefix of ["/", "/sd", "/sd/private", "/sd/PRIVATE", "/other"]) server.use(prefix, note(prefix));
	server.get("/sd/*", serveFiles(card()));
	expect((await get("/sd/private/x")).body).toBe("secret");
	expect(ran).toEqual(["/", "/sd", "/sd/private", "/sd/PRIVATE"]);
	server.use("/sd/Private", async () => Promise.reject(new Error("refused")));
	expect((await get("/sd/private/x")).status).toBe(500);
});

test("B11 a filter for a file guards its variants, and one for a variant what is sent of it", async () => {
	const open = (name: string) =>
		["a.js.gz", "b.tar.gz"].includes(name) ? { length: 1, isMapped: true, read: () => new Uint8Array(1) } : undefined;
	const server = serve({ maxConnections: 100 });
	for (const prefix of ["/f/a.js", "/f/b.tar.gz"]) server.use(prefix, (_, response) => response.status(401).send());
	server.files("/f", { open });
	for (const path of ["a.js", "a.js.gz", "b.tar", "b.tar.gz"])
		expect([path, (await get(`/f/${path}`)).status]).toEqual([path, 401]);
});

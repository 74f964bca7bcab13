// A card with FAT, as mtools reads and writes it: whatever name leads to a guarded file there, the filter is asked, or there is none.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { systemFiles } from "httpsd/file-system";
import { serve } from "../harness";
import { get } from "./get";

const folder = mkdtempSync(join(tmpdir(), "fat-"));
const card = join(folder, "card.img");
const env = { ...process.env, LC_ALL: "C.UTF-8", MTOOLS_SKIP_CHECK: "1" };
const tool = (name: string, ...parameters: string[]) =>
	spawnSync(name, ["-i", card, ...parameters], { env, input: "", stdio: ["pipe", "pipe", "ignore"] });

/** The card's files, by names as they come. */
class CardFile {
	readonly #content: Buffer;
	position = 0;

	constructor(path: string) {
		const { status, stdout } = tool("mtype", `::${path}`);
		if (status !== 0) throw new Error("It is none, or a folder");
		this.#content = stdout;
	}
	static exists(path: string): boolean {
		return tool("mattrib", `::${path}`).status === 0;
	}
	get length(): number {
		return this.#content.byteLength;
	}
	read(_: unknown, count: number): ArrayBuffer {
		return Uint8Array.from(this.#content.subarray(this.position, this.position + count)).buffer;
	}
	close(): void {}
}

/** Gives an entry the short name of Linux's `nonumtail`, which has no `~`. */
function shorten(from: string, to: string): void {
	const image = readFileSync(card);
	const at = image.indexOf(from.padEnd(11));
	let sum = 0;
	image.write(to.padEnd(11), at, "latin1");
	for (const byte of image.subarray(at, at + 11)) sum = (((sum & 1) << 7) | (sum >> 1)) + byte;
	for (let entry = at - 32; image[entry + 11] === 0x0f; entry -= 32) image[entry + 13] = sum & 0xff;
	writeFileSync(card, image);
}

beforeAll(() => {
	writeFileSync(card, Buffer.alloc(1_474_560));
	writeFileSync(join(folder, "x"), "secret");
	execFileSync("mformat", ["-i", card, "-f", "1440", "::"], { env });
	for (const name of ["private", "private.long", "private-data", "Größe"]) {
		execFileSync("mmd", ["-i", card, `::/${name}`], { env });
		execFileSync("mcopy", ["-i", card, join(folder, "x"), `::/${name}/notes.html`], { env });
	}
	shorten("PRIVAT~1", "PRIVATE-");
});
afterAll(() => rmSync(folder, { recursive: true }));

const spellings = [
	...[
		"private/notes.html",
		"PRIVATE/NOTES.HTML",
		"Private/notes.html",
		"private/NOTES~1.HTM",
		"PRIVAT~1.LON/notes.html"
	],
	...["private-data/notes.html", "PRIVATE-/notes.html", "private-/NOTES~1.HTM", "gr%C3%B6%C3%9Fe/notes.html"],
	...[
		"GR%C3%96%C3%9FE/notes.html",
		"private./notes.html",
		"private/notes.html.",
		"private/notes.html%20",
		"p*/notes.html"
	],
	...["priv%3Fte/notes.html", "private//notes.html", "private/./notes.html", "private%5Cnotes.html"]
];

test("B11 every spelling by which the card has a file is guarded, or leads to no file", async () => {
	const server = serve({ maxConnections: 100 });
	for (const name of ["private", "private.long", "private-data", "Gr%C3%B6%C3%9Fe"])
		server.use(`/sd/${name}`, (_, response) => response.status(401).send());
	server.files("/sd/", systemFiles(CardFile as never, "/"));
	const found = spellings.filter(path => CardFile.exists(`/${decodeURIComponent(path)}`));
	// That much another spelling is worth on a card.
	expect(found).toEqual(expect.arrayContaining(spellings.slice(0, 10)));
	const answers: Record<string, number> = {};
	for (const path of spellings) answers[path] = (await get(`/sd/${path}`)).status;
	expect(Object.entries(answers).filter(([, status]) => ![400, 401, 404].includes(status))).toEqual([]);
	for (const path of spellings.slice(0, 3)) expect(answers[path]).toBe(401);
});

test("B11 a file that no filter guards is served of the card, in whatever case its name is asked for", async () => {
	serve().files("/sd/", systemFiles(CardFile as never, "/"));
	expect((await get("/sd/PRIVATE-DATA/notes.HTML")).body).toBe("secret");
	expect((await get("/sd/private-data/none")).status).toBe(404);
});

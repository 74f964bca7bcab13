// A device that takes firmware, on the desk, and who sends it some.

import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { type RequestOptions, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Desk, type DeskOptions, startDesk } from "../../desk";

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "update-"));

/** An image as the desk's device takes it, of so many bytes. */
export function makeImage(length: number, fill: number): Buffer {
	const body = Buffer.alloc(length - 32, fill);
	body[0] = 0xe9;
	return Buffer.concat([body, createHash("sha256").update(body).digest()]);
}

export const hexOf = (image: Buffer): string => createHash("sha256").update(image).digest("hex");
export const digestOf = (image: Buffer): string => `sha-256=:${createHash("sha256").update(image).digest("base64")}:`;

export interface Site {
	readonly desk: Desk;
	readonly port: number;
	/** Which slot runs, the hash of its image, and whether it is on trial. */
	readonly slot: string;
	readonly image: string;
	readonly state: string;
}

export async function startSite(
	folder: string,
	config: Record<string, string | number> = {},
	options: DeskOptions = {}
): Promise<Site> {
	const main = "build/js/host-tests/programs/httpsd/update-site.js";
	const desk = startDesk({
		main,
		resources: ["build/identity", "dashboard+=build/dashboard"],
		config: { folder, ...config },
		...options
	});
	const [, slot = "", image = "", state = ""] = await desk.waitForLine(/^running (\w+) (\w+) (on trial|valid)$/m);
	const [, port] = await desk.waitForLine(/Serving https:\S+:(\d+)/);
	return { desk, port: Number(port), slot, image, state };
}

/** A site whose boot loader may be cut off too: `undefined` when it was. */
export async function tryStart(folder: string, cutAt: number): Promise<Site | undefined> {
	try {
		return await startSite(folder, { cutAt });
	} catch {
		return undefined;
	}
}

export interface Answer {
	readonly status: number | undefined;
	readonly text: string;
	readonly headers: Record<string, unknown>;
}

/** PUTs an image; rejects when the connection breaks. `pieces` are written one after the other. */
export function send(
	port: number,
	image: Buffer,
	headers: Record<string, string> = {},
	more: RequestOptions = {}
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const options = {
			...{ host: "localhost", port, path: "/firmware", method: "PUT", auth: "admin:right", rejectUnauthorized: false },
			headers: { "repr-digest": digestOf(image), "content-length": image.length, ...headers },
			...more
		};
		const sending = request(options, answer => {
			let text = "";
			answer.on("data", piece => {
				text += piece;
			});
			answer.on("end", () => resolve({ status: answer.statusCode, text, headers: answer.headers }));
			answer.on("error", reject);
		});
		sending.on("error", reject).end(image);
	});
}

import Resource from "Resource";
import type Response from "../response";

/** A file of the page. It stands among the resources, in flash, and is sent from there. */
interface PageFile {
	readonly resource: string;
	readonly type: string;
	readonly isCompressed: boolean;
}

/**
 * By the names that they have below the dashboard's path. All browsers take gzip; the page itself is short, and can be read by curl. No object
 * has them by its properties: XS keeps each name that one was ever asked for, and clients ask for any.
 */
const files: ReadonlyMap<string, PageFile> = new Map(
	Object.entries({
		"": Object.freeze({ resource: "dashboard+index.html", type: "text/html;charset=utf-8", isCompressed: false }),
		"app.js": Object.freeze({
			resource: "dashboard+app.js.gz",
			type: "text/javascript;charset=utf-8",
			isCompressed: true
		}),
		"app.css": Object.freeze({ resource: "dashboard+app.css.gz", type: "text/css;charset=utf-8", isCompressed: true })
	})
);

/** Nothing from elsewhere, nothing that stands in the page. */
const policy =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** @throws {Error} a file is not among the resources */
export const checkPage = (): void => {
	for (const { resource } of files.values())
		if (!Resource.exists(resource))
			throw new Error(`There is no ${resource} among the resources: the manifest must include dashboard/manifest.json`);
};

/** Whether there is a file of that name. */
export const isPageFile = (name: string): boolean => {
	return files.has(name);
};

/** Sends a file of the page. Script and style are asked for by a name that changes with them, so browsers may keep them. */
export const sendPageFile = (name: string, response: Response): void => {
	const { resource, type, isCompressed } = files.get(name) as PageFile;
	const stored = new Resource(resource);
	response.header("content-security-policy", policy);
	response.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
	response.header("cross-origin-resource-policy", "same-origin");
	response.header("cache-control", isCompressed ? "private, max-age=31536000, immutable" : "no-cache");
	if (isCompressed) response.header("content-encoding", "gzip");
	// The SDK takes a length that is left out, with something behind it, for 0.
	const bytes = stored.slice(0, stored.byteLength, false) as unknown as ArrayBuffer;
	response.type(type).send(new Uint8Array(bytes), true);
};

import { checkOptionNames, type OptionNames } from "text/option-names";
import { mediaType } from "./content/media-types";
import type { FileStore } from "./file-stores";
import { type StoredFile, sendFile } from "./files/response";
import HttpError from "./http-error";
import type Request from "./request";
import type Response from "./response";
import { chooseCoding } from "./values/quality";

export interface FilesOptions {
	/** Value of `Cache-Control`. Default `"no-cache"`: kept, but asked for anew with its entity tag. */
	readonly cacheControl?: string;
	/** The file that stands for a folder. Default `"index.html"`. */
	readonly index?: string;
	/** Whether `NAME.br` and `NAME.gz` are sent in the place of `NAME` to who accepts them. Default `true`. */
	readonly precompressed?: boolean;
}

const optionNames: OptionNames<FilesOptions> = Object.freeze({ cacheControl: true, index: true, precompressed: true });
const extensions = Object.freeze({ br: ".br", gzip: ".gz" } as const);

/**
 * A handler that serves the files of a store: conditional requests, ranges, precompressed variants. Its route ends in
 * `*`, and what that matches is the name. Names with dot segments, backslashes or empty segments are 404.
 */
export function serveFiles(
	store: FileStore,
	options: FilesOptions = {}
): (request: Request, response: Response) => Promise<void> {
	checkOptionNames("files", options, optionNames);
	const { cacheControl = "no-cache", index = "index.html", precompressed = true } = options;
	return async (request, response) => {
		const name = fileName(request.params["*"] ?? "", index);
		const file = name === undefined ? undefined : await store.open(name);
		if (name === undefined || file === undefined) throw new HttpError(404, "NOT_FOUND", "No such file");
		const chosen = precompressed ? await chooseVariant(store, name, file, request, response) : file;
		response.header("cache-control", cacheControl).header("x-content-type-options", "nosniff");
		await sendFile(request, response, chosen, mediaType(name));
	};
}

/** The name that a path stands for; `undefined` when it could lead out of the store. */
function fileName(path: string, index: string): string | undefined {
	const name = path === "" || path.endsWith("/") ? path + index : path;
	const segments = name.split("/");
	if (name.includes("\\") || segments.some(segment => segment === "" || segment === "." || segment === ".."))
		return undefined;
	return name;
}

/** The file, or in its place the variant that the client likes best; no other is opened. */
async function chooseVariant(
	store: FileStore,
	name: string,
	file: StoredFile,
	request: Request,
	response: Response
): Promise<StoredFile> {
	response.headers.append("vary", "accept-encoding");
	const accepted = request.headers.get("accept-encoding");
	try {
		let left = Object.keys(extensions) as (keyof typeof extensions)[];
		for (;;) {
			const coding = chooseCoding(accepted, left);
			if (coding === undefined) return file;
			const variant = await store.open(name + extensions[coding]);
			if (variant !== undefined) {
				response.header("content-encoding", coding);
				file.close?.();
				return variant;
			}
			left = left.filter(each => each !== coding);
		}
	} catch (error) {
		file.close?.();
		throw error;
	}
}

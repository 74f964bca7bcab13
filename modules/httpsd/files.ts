import { checkOptionNames, type OptionNames } from "text/option-names";
import { checkTypes, mediaType } from "./content/media-types";
import type { FileStore } from "./file-stores";
import { type StoredFile, sendFile } from "./files/response";
import HttpError from "./http-error";
import { fieldLimits } from "./limits";
import type Request from "./request";
import type Response from "./response";
import { chooseCoding } from "./values/quality";

export interface FilesOptions {
	/** Value of `Cache-Control`. Default `"no-cache"`: kept, but asked for anew with its entity tag. */
	readonly cacheControl?: string;
	/** The file that stands for a folder. Default `"index.html"`. */
	readonly index?: string;
	/**
	 * Whether `NAME.br` and `NAME.gz` are sent in the place of `NAME` to who accepts them; where `NAME` itself is not
	 * stored, `NAME.gz` also to who does not say. Default `true`.
	 */
	readonly precompressed?: boolean;
	/** Media types by the extension of a name, in lower case: more of them, or others in the place of those that are known. */
	readonly types?: Readonly<Record<string, string>>;
}

const optionNames: OptionNames<FilesOptions> = Object.freeze({
	cacheControl: true,
	index: true,
	precompressed: true,
	types: true
});
const extensions = Object.freeze({ br: ".br", gzip: ".gz" } as const);
type Coding = keyof typeof extensions;

/**
 * A handler that serves the files of a store: conditional requests, ranges, precompressed variants. Its route ends in
 * `*`, and what that matches is the name. Names with dot segments, backslashes or empty segments are 404. A folder that
 * has an index is asked for again with its slash.
 * @throws {TypeError} for an option that does not exist, and a media type that no field can have.
 */
export const serveFiles = (
	store: FileStore,
	options: FilesOptions = {}
): ((request: Request, response: Response) => Promise<void>) => {
	checkOptionNames("files", options, optionNames);
	const { cacheControl = "no-cache", index = "index.html", precompressed = true, types } = options;
	const type = checkTypes(types);
	const spell = (path: string) => otherPaths(path, index, precompressed);
	return async (request, response) => {
		const name = fileName(request.params["*"] ?? "", index);
		if (name === undefined || store.names?.allows(name) === false) throw notFound();
		if (await request.filters?.guard(request, response, spell, store.names)) return;
		response.header("cache-control", cacheControl);
		const file = await store.open(name);
		const chosen = precompressed ? await chooseVariant(store, name, file, request, response) : file;
		if (chosen === undefined)
			return openFolder(store, variantsOf(`${name}/${index}`, precompressed), request, response);
		response.header("x-content-type-options", "nosniff");
		await sendFile(request, response, chosen, mediaType(name, type));
	};
};

const notFound = (): HttpError => {
	return new HttpError(404, "NOT_FOUND", "No such file");
};

/** The name that a path stands for; `undefined` when it could lead out of the store. */
const fileName = (path: string, index: string): string | undefined => {
	const name = path === "" || path.endsWith("/") ? path + index : path;
	const segments = name.split("/", fieldLimits.maxSegments + 1);
	if (
		segments.length > fieldLimits.maxSegments ||
		name.includes("\\") ||
		segments.some(segment => segment === "" || segment === "." || segment === "..")
	)
		return undefined;
	return name;
};

/** The other paths of what is sent for a path: a filter for one of them is for this one too. */
const otherPaths = (path: string, index: string, precompressed: boolean): readonly string[] => {
	const file = path.endsWith("/") ? path + index : path;
	if (!precompressed) return [file];
	const coded = Object.values(extensions).filter(extension => file.endsWith(extension));
	return [...variantsOf(file, true), ...coded.map(({ length }) => file.slice(0, -length))];
};

/** What may be stored for a name: itself, and its variants. */
const variantsOf = (name: string, precompressed: boolean): readonly string[] => {
	return precompressed ? [name, ...Object.values(extensions).map(extension => name + extension)] : [name];
};

/** Sends the client of a folder without its slash to the folder, or else there is no such file. */
async function openFolder(
	store: FileStore,
	indexes: readonly string[],
	{ path, search }: Request,
	response: Response
): Promise<void> {
	response.headers.delete("cache-control");
	for (const index of path.endsWith("/") ? [] : indexes) {
		const file = await store.open(index);
		file?.close?.();
		if (file !== undefined) return redirectToFolder(path, search, response);
	}
	throw notFound();
}

/**
 * Adds a slash to a path: relative to it, for nothing else is known of how the client came here. By 307: a client would keep 301
 * for good, and not find what stands there after an update.
 */
export const redirectToFolder = (path: string, search: string, response: Response): void => {
	const location = `./${path.slice(path.lastIndexOf("/") + 1)}/`;
	response.redirect(search === "" ? location : `${location}?${search}`, 307);
};

/**
 * The file, or in its place the variant that the client likes best; no other is opened. Where there is no such file, a
 * variant of it that the client does not refuse.
 * @throws {HttpError} 406 when there are only variants that it does.
 */
async function chooseVariant(
	store: FileStore,
	name: string,
	file: StoredFile | undefined,
	request: Request,
	response: Response
): Promise<StoredFile | undefined> {
	response.headers.append("vary", "accept-encoding");
	// Without the field every coding will do (RFC 9110 §12.5.3).
	const accepted = request.headers.get("accept-encoding") ?? (file === undefined ? "gzip, br;q=0.5" : undefined);
	try {
		let left = Object.keys(extensions) as Coding[];
		for (let coding = chooseCoding(accepted, left); coding !== undefined; coding = chooseCoding(accepted, left)) {
			const variant = await store.open(name + extensions[coding]);
			if (variant !== undefined) {
				response.header("content-encoding", coding);
				file?.close?.();
				return variant;
			}
			left = left.filter(each => each !== coding);
		}
		if (file === undefined && left.length > 0) await refuseVariants(store, name, left);
		return file;
	} catch (error) {
		file?.close?.();
		throw error;
	}
}

/** @throws {HttpError} 406 when there is a variant, which the client does not accept. */
async function refuseVariants(store: FileStore, name: string, codings: readonly Coding[]): Promise<void> {
	for (const coding of codings) {
		const variant = await store.open(name + extensions[coding]);
		variant?.close?.();
		if (variant !== undefined) throw new HttpError(406, "CODING", "File is stored in a coding that is not accepted");
	}
}

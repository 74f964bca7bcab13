import { checkOptionNames, type OptionNames } from "text/option-names";
import Timer from "timer";
import type { Unregister } from "./application";
import { asError } from "./async/promises";
import HttpError from "./http-error";
import type Request from "./request";
import type Response from "./response";
import { behind } from "./routing/behind";
import type { Filter } from "./routing/filters";
import type Server from "./server";
import { readDigest } from "./update/digest-field";
import { updateLimits } from "./update/limits";
import ImageWriter, { type Updater, type UpdaterIO } from "./update/writer";

export type { Updater, UpdaterIO };

export interface UpdateOptions<Partition extends { close?(): void } = { close?(): void }> {
	/** Who may: a filter such as `basicAuth()`. There is no update without one. */
	readonly auth: Filter;
	/** ECMA-419's update class: `embedded:update`. */
	readonly io: UpdaterIO<Partition>;
	/** Opens the partition that is not running: `() => flash.open({ path: "nextota" })`. It is closed afterwards. */
	readonly partition: () => Partition;
	/** Bytes that an image may have, in the place of the server's `maxBody`. More: 413. */
	readonly maxLength: number;
	/** Called once the answer to a complete update is on its way: restarts the device, after a second or so. */
	readonly updated: () => unknown;
	/** Is given the first 24 bytes before any is written, and throws what is wrong with them. Default: none. */
	readonly check?: (head: Uint8Array) => void;
}

const optionNames: OptionNames<UpdateOptions> = Object.freeze({
	auth: true,
	io: true,
	partition: true,
	maxLength: true,
	updated: true,
	check: true
});

/**
 * Takes a firmware image by PUT (row Z14), as a filter: other methods, and paths below its own, go on to their routes. The image is
 * written in pieces as it comes; length and SHA-256, which the request says by `Repr-Digest` (RFC 9530), are checked before it is switched over.
 *
 * ```ts
 * const partition = () => flash.open({ path: "nextota" });
 * server.use("/firmware", update({ auth, io: Update, partition, maxLength: 1_900_000, updated: () => Timer.set(restart, 1000) }));
 * ```
 * @throws {TypeError} an option is missing, or does not exist
 * @throws {RangeError} `maxLength` is not a whole number of at least 1
 */
export const update = <Partition extends { close?(): void }>(options: UpdateOptions<Partition>): Filter => {
	checkOptions(options);
	const { auth } = options;
	const reception = new Reception(options);
	return (request, response, prefix) => {
		if (request.method !== "PUT" || request.path !== prefix || request.isRedirected) return false;
		checkOrigin(request);
		return behind(auth, request, response, prefix, () => reception.take(request, response));
	};
};

const checkOptions = <Partition extends { close?(): void }>(options: UpdateOptions<Partition>): void => {
	checkOptionNames("update", options, optionNames);
	for (const name of ["auth", "partition", "updated"] as const)
		if (typeof options[name] !== "function") throw new TypeError(`update needs ${name}: a function`);
	if (typeof options.io?.open !== "function") throw new TypeError("update needs io: a class with open()");
	if (!Number.isSafeInteger(options.maxLength) || options.maxLength < 1)
		throw new RangeError("maxLength of an update is a whole number of at least 1");
};

/** Pages of other origins may not, whatever credentials a browser sends for them. @throws {HttpError} 403 */
const checkOrigin = ({ headers, scheme, host }: Request): void => {
	const origin = headers.get("origin");
	if (
		headers.occurrences("origin") > 1 ||
		(origin !== undefined && origin.toLowerCase() !== `${scheme}://${host}`.toLowerCase())
	)
		throw new HttpError(403, "ORIGIN", "Pages of another origin may not update");
};

/** @throws {HttpError} 500 */
const open = <Opened>(make: () => Opened): Opened => {
	try {
		return make();
	} catch (error) {
		throw new HttpError(500, "UPDATE_OPEN", `There is no room for the image: ${asError(error).message}`);
	}
};

/** Does not throw: what has come of the image is known before. */
const close = (opened: { close?(): void } | undefined): void => {
	try {
		opened?.close?.();
	} catch (error) {
		trace(`After an update: ${error}\n`);
	}
};

/** One image at a time. */
class Reception<Partition extends { close?(): void }> {
	readonly #options: UpdateOptions<Partition>;
	#isBusy = false;
	/** The device is about to restart. */
	#isComplete = false;

	constructor(options: UpdateOptions<Partition>) {
		this.#options = options;
	}

	/** Answers in words, for people: what is wrong, and that the firmware is the same as before. */
	async take(request: Request, response: Response): Promise<true> {
		const { updated } = this.#options;
		try {
			await this.receive(request);
			response.whenDone(() => updated());
			response.closeConnection().send("The image is complete: the device restarts with it\n");
		} catch (error) {
			// Of the connection: the client has left, or is told by its status.
			if (!(error instanceof HttpError) || response.gone) throw asError(error);
			const text = `${error.message}. The firmware is the same as before\n`;
			if (error.status === 400) response.header("want-repr-digest", "sha-256=10");
			response.status(error.status).closeConnection().send(text);
		}
		return true;
	}

	private async receive(request: Request): Promise<void> {
		const { partition, io, maxLength, check } = this.#options;
		const { body, headers } = request;
		const digest = readDigest(headers);
		if (headers.has("content-encoding")) throw new HttpError(415, "UPDATE_CODING", "The image is compressed");
		const byteLength = body.requireLength();
		if (byteLength > maxLength)
			throw new HttpError(413, "UPDATE_LENGTH", `The image is longer than ${maxLength} bytes`);
		if (this.#isBusy || this.#isComplete) throw new HttpError(409, "UPDATE_BUSY", "Another image is on its way");
		this.#isBusy = true;
		let place: Partition | undefined;
		let updater: Updater | undefined;
		try {
			body.allow(maxLength);
			const opened = open(partition);
			place = opened;
			updater = open(() => io.open({ partition: opened, mode: "a", byteLength }));
			const writer = new ImageWriter(updater, check);
			for await (const piece of body) writer.write(piece);
			writer.complete(digest);
			this.#isComplete = true;
		} finally {
			this.#isBusy = false;
			close(updater);
			close(place);
		}
	}
}

export interface UpdateTrialOptions {
	/** Whether the firmware that runs is new, and the former one is started again unless it is confirmed. */
	readonly isPending: () => boolean;
	/** Confirms it: from now on it is the one that is started. */
	readonly confirm: () => unknown;
	/** Has the former firmware started again. */
	readonly giveUp: () => unknown;
	/** Milliseconds after which it is given up unless it was confirmed. Default `updateLimits.trial`. */
	readonly within?: number;
}

const trialOptionNames: OptionNames<UpdateTrialOptions> = Object.freeze({
	isPending: true,
	confirm: true,
	giveUp: true,
	within: true
});

/**
 * Confirms new firmware once it has answered a request with no error of its own, for then it can be reached, and updated again; gives it up if none has come in
 * time (row Z14). Call it before any other filter is registered, for one that answers by itself leaves nothing for those behind it.
 * @returns ends the trial, as when the server is stopped; it is confirmed or given up by nobody then
 * @throws {TypeError} for an option that does not exist
 */
export const updateTrial = (server: Server, options: UpdateTrialOptions): Unregister => {
	checkOptionNames("updateTrial", options, trialOptionNames);
	const { isPending, confirm, giveUp, within = updateLimits.trial } = options;
	if (!isPending()) return () => {};
	let timer: Timer | undefined = Timer.set(() => {
		end();
		giveUp();
	}, within);
	const unregister = server.use("/", (request, response) => {
		// The plain port sends to HTTPS, whether that works or not.
		if (request.isRedirected) return;
		response.whenDone((_bytes, isComplete) => {
			if (timer === undefined || !isComplete || response.statusCode >= 500) return;
			end();
			confirm();
		});
	});
	const end = () => {
		if (timer !== undefined) Timer.clear(timer);
		timer = undefined;
		unregister();
	};
	return end;
};

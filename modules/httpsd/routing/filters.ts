import { isThenable } from "../async/promises";
import type Request from "../request";
import type Response from "../response";
import { isBelow, type NameRules } from "../values/file-names";
import { decodePrefix, decodeSegments } from "./path";

/**
 * Looks at a request before its route does. With `true` (or a promise of it) it takes the request over; it also does
 * when it has begun the response.
 * @param prefix what it was registered for, decoded, without a slash at its end.
 */
export type Filter = (request: Request, response: Response, prefix: string) => unknown;

interface Entry {
	/** Decoded, without a slash at its end. */
	readonly prefix: string;
	readonly filter: Filter;
	readonly names: NameRules | undefined;
}

/** What a request goes through before its route, and files that it may have by another path. */
export default class Filters {
	isEmpty = true;
	#entries: readonly Entry[] = [];

	/** @throws {TypeError} as {@link decodePrefix} does. */
	add(prefix: string, filter: Filter, names: NameRules | undefined): () => void {
		const path = decodePrefix(prefix);
		const entry = { prefix: path.endsWith("/") ? path.slice(0, -1) : path, filter, names };
		this.set([...this.#entries, entry]);
		return () => this.set(this.#entries.filter(each => each !== entry));
	}

	private set(entries: readonly Entry[]): void {
		this.#entries = entries;
		this.isEmpty = entries.length === 0;
	}

	/** Runs those of the request's path, from one on, and then what comes behind them. */
	run(
		request: Request,
		response: Response,
		next: (request: Request, response: Response) => unknown,
		from = 0
	): unknown {
		const entries = this.#entries;
		const path = decodedPath(request);
		if (from === 0) request.filters = this;
		for (let index = from; index < entries.length; index++) {
			const entry = entries[index] as Entry;
			if (!covers(entry, path, entry.names)) continue;
			const taken = entry.filter(request, response, entry.prefix);
			if (isThenable(taken))
				return taken.then(value => value === true || response.started || this.run(request, response, next, index + 1));
			if (taken === true || response.started) return undefined;
		}
		return next(request, response);
	}

	/**
	 * Runs those that have not run, since the path is not below theirs, for what it leads to is.
	 * @param spell makes of the request's path, decoded, other paths of what will be sent.
	 * @param names how names compare there; by default, each is itself.
	 * @returns whether one of them has taken the request over.
	 */
	async guard(
		request: Request,
		response: Response,
		spell: (path: string) => readonly string[],
		names: NameRules | undefined
	): Promise<boolean> {
		const path = decodedPath(request);
		const others = names === undefined ? spell(path) : [path, ...spell(path)];
		for (const entry of this.#entries) {
			if (covers(entry, path, entry.names) || !others.some(other => covers(entry, other, names))) continue;
			if ((await entry.filter(request, response, entry.prefix)) === true || response.started) return true;
		}
		return false;
	}
}

/** As the router sees it: an escaped letter must not lead around a filter. */
const decodedPath = ({ path }: Request): string => {
	return path.includes("%") ? decodeSegments(path).join("/") : path;
};

const covers = ({ prefix }: Entry, path: string, names: NameRules | undefined): boolean => {
	if (names === undefined || prefix === "") return isBelow(path, prefix);
	return names.covers(prefix, path);
};

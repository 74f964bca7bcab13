import { isThenable } from "../async/promises";
import HttpError from "../http-error";
import type Request from "../request";
import type Response from "../response";
import type { Filter } from "./filters";

/**
 * Does what those may whom a filter lets in. One that says `false`, as a question of yes or no would, lets nobody in: 403.
 * @returns what a filter returns: whether the request was taken over, or a promise of that.
 */
export const behind = (
	filter: Filter,
	request: Request,
	response: Response,
	prefix: string,
	act: () => unknown
): unknown => {
	const pass = (taken: unknown) => {
		if (taken === false) throw new HttpError(403, "AUTH", "Nobody is let in");
		return taken === true || response.started || act();
	};
	const taken = filter(request, response, prefix);
	return isThenable(taken) ? taken.then(pass) : pass(taken);
};

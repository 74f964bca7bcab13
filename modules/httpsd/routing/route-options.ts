import { checkOptionNames, type OptionNames } from "text/option-names";
import type Request from "../request";
import type Response from "../response";

/** What differs from route to route. */
export interface RouteOptions {
	/** The most bytes of content that a request may have, in the place of the server's `maxBody`: 1 or more. */
	readonly maxBody?: number;
}

const optionNames: OptionNames<RouteOptions> = Object.freeze({ maxBody: true });

type Handler = (request: Request, response: Response) => unknown;

/** A handler with options. @throws {TypeError} for one that does not exist. @throws {RangeError} when it is out of range. */
export const withOptions = (handler: Handler, options: RouteOptions): Handler => {
	checkOptionNames("route", options, optionNames);
	const { maxBody } = options;
	if (maxBody === undefined) return handler;
	if (!Number.isSafeInteger(maxBody) || maxBody < 1)
		throw new RangeError("maxBody of a route must be a whole number of at least 1");
	return (request, response) => {
		request.body.allow(maxBody);
		return handler(request, response);
	};
};

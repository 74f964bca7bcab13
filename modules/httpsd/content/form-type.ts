import HttpError from "../http-error";
import { type Parameterized, parseParameterized } from "../values/parameters";

/** A media type with its parameters. @throws {HttpError} 415 when it is not the one expected. */
export const expectType = (expected: string, contentType: string | undefined): Parameterized => {
	const type = contentType === undefined ? undefined : parseParameterized(contentType);
	if (type?.value !== expected) throw new HttpError(415, "FORM_TYPE", `Content is not ${expected}`);
	return type;
};

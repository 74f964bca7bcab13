import { isToken, lowerCase, trimSpace } from "text/ascii";
import { fieldLimits } from "../limits";

/** The non-empty members among the first `fieldLimits.maxMembers` of a list, in lower case (RFC 9110 §5.6.1). */
export function listMembers(value: string): string[] {
	return lowerCase(value)
		.split(",", fieldLimits.maxMembers)
		.map(trimSpace)
		.filter(member => member !== "");
}

/** Whether `text` is a list of protocols, each `name` or `name/version` (RFC 9110 §7.8). */
export function isProtocolList(text: string): boolean {
	return text.split(",").every(each => {
		const [name, version = "1", ...more] = trimSpace(each).split("/");
		return isToken(name as string) && isToken(version) && more.length === 0;
	});
}

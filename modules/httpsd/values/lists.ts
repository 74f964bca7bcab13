import { isToken, lowerCase, trimSpace } from "text/ascii";
import { fieldLimits } from "../limits";

/** The non-empty members among the first `fieldLimits.maxMembers` of a list, in lower case (RFC 9110 §5.6.1). */
export const listMembers = (value: string): string[] => {
	return lowerCase(value)
		.split(",", fieldLimits.maxMembers)
		.map(trimSpace)
		.filter(member => member !== "");
};

/** Whether `text` is a list of protocols, each `name` or `name/version` (RFC 9110 §7.8). */
export const isProtocolList = (text: string): boolean => {
	const members = text.split(",", fieldLimits.maxMembers + 1);
	if (members.length > fieldLimits.maxMembers) return false;
	return members.every(each => {
		const [name, version = "1", ...more] = trimSpace(each).split("/", 3);
		return isToken(name as string) && isToken(version) && more.length === 0;
	});
};

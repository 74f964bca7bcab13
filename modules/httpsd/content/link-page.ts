import { replaceEvery } from "text/replace";
import { fieldLimits } from "../limits";

/** The ampersand first, which the others have. */
const escapes = Object.freeze(
	[
		["&", "&amp;"],
		["<", "&lt;"],
		[">", "&gt;"],
		['"', "&quot;"],
		["'", "&#39;"]
	] as const,
	true
);

/** A short page with a link, for clients that do not go on by themselves (RFC 9110 §15.4). @param location a URI, visible US-ASCII. */
export const linkPage = (location: string): string => {
	if (location.length > fieldLimits.maxLink) return "<!doctype html><title>Moved</title><p>It is elsewhere\n";
	let text = location;
	for (const [character, reference] of escapes) text = replaceEvery(text, character, reference);
	const shown = isLinked(location) ? `<a href="${text}">${text}</a>` : text;
	return `<!doctype html><title>Moved</title><p>It is at ${shown}\n`;
};

/** Whether it is relative, or of HTTP: a click leads to no script. */
const isLinked = (location: string): boolean => {
	const [before = ""] = location.split(":", 1);
	if (before.length === location.length || before.includes("/") || before.includes("?") || before.includes("#"))
		return true;
	const scheme = before.toLowerCase();
	return scheme === "http" || scheme === "https";
};

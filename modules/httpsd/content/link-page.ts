/** A short page with a link, for clients that do not go on by themselves (RFC 9110 §15.4). @param location a URI, visible US-ASCII. */
export function linkPage(location: string): string {
	const text = location
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
	const shown = isLinked(location) ? `<a href="${text}">${text}</a>` : text;
	return `<!doctype html><title>Moved</title><p>It is at ${shown}\n`;
}

/** Whether it is relative, or of HTTP: a click leads to no script. */
function isLinked(location: string): boolean {
	const [before = ""] = location.split(":", 1);
	if (before.length === location.length || before.includes("/") || before.includes("?") || before.includes("#"))
		return true;
	const scheme = before.toLowerCase();
	return scheme === "http" || scheme === "https";
}

/** `text` without what steers a terminal: control and format characters as `\\u{1b}`, line ends too. */
export function printable(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, found => `\\u{${(found.codePointAt(0) as number).toString(16)}}`);
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
	return text.split("\n").map(printable).join("\n");
}

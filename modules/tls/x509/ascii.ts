/** Whether each character of the text is one from `first` to `last`. */
export function isWithin(text: string, first: string, last: string): boolean {
	const low = first.charCodeAt(0);
	const high = last.charCodeAt(0);
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < low || code > high) return false;
	}
	return true;
}

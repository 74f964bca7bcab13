/** Characters that are made at once: each takes a slot of XS's stack. */
const atOnce = 32;

/** The text of bytes that are each a character (ISO-8859-1). XS holds those above 0x7F in two bytes. */
export const latin1Text = (bytes: ArrayBuffer): string => {
	const view = new Uint8Array(bytes);
	const pieces: string[] = [];
	for (let at = 0; at < view.length; at += atOnce)
		pieces.push(String.fromCharCode.apply(null, view.subarray(at, at + atOnce) as unknown as number[]));
	return pieces.join("");
};

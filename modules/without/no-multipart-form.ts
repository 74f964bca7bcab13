// In the place of httpsd/content/multipart-form.

/** What `request.parts()` calls. */
export function readParts(): never {
	throw new TypeError("This firmware reads no forms: its manifest includes modules/without/forms.json");
}

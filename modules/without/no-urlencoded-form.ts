// In the place of httpsd/content/urlencoded-form.

const message = "This firmware reads no forms: its manifest includes modules/without/forms.json";

/** What `request.form()` calls. */
export function readForm(): never {
	throw new TypeError(message);
}

/** What `request.fields()` calls. */
export function readFields(): never {
	throw new TypeError(message);
}

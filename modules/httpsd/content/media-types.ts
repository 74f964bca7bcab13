/** Media types by the extension of a file's name. */
const types = new Map(
	Object.entries({
		avif: "image/avif",
		bin: "application/octet-stream",
		css: "text/css;charset=utf-8",
		csv: "text/csv;charset=utf-8",
		gif: "image/gif",
		htm: "text/html;charset=utf-8",
		html: "text/html;charset=utf-8",
		ico: "image/x-icon",
		jpeg: "image/jpeg",
		jpg: "image/jpeg",
		js: "text/javascript;charset=utf-8",
		json: "application/json",
		map: "application/json",
		md: "text/markdown;charset=utf-8",
		mjs: "text/javascript;charset=utf-8",
		mp3: "audio/mpeg",
		mp4: "video/mp4",
		pdf: "application/pdf",
		pem: "application/x-pem-file",
		png: "image/png",
		svg: "image/svg+xml",
		ttf: "font/ttf",
		txt: "text/plain;charset=utf-8",
		wasm: "application/wasm",
		wav: "audio/wav",
		webmanifest: "application/manifest+json",
		webp: "image/webp",
		woff: "font/woff",
		woff2: "font/woff2",
		xml: "application/xml",
		zip: "application/zip"
	})
);

/** The media type of a file, by its name; `application/octet-stream` for an extension that is not known. */
export function mediaType(name: string): string {
	const dot = name.lastIndexOf(".");
	return (dot < 0 ? undefined : types.get(name.slice(dot + 1).toLowerCase())) ?? "application/octet-stream";
}

import { isFieldText } from "text/ascii";

/** Media types by the extension of a file's name. */
const types = new Map(
	Object.entries({
		avif: "image/avif",
		aac: "audio/aac",
		apng: "image/apng",
		bin: "application/octet-stream",
		bmp: "image/bmp",
		cer: "application/pkix-cert",
		crl: "application/pkix-crl",
		crt: "application/x-x509-ca-cert",
		css: "text/css;charset=utf-8",
		csv: "text/csv;charset=utf-8",
		der: "application/x-x509-ca-cert",
		eot: "application/vnd.ms-fontobject",
		flac: "audio/flac",
		gif: "image/gif",
		gz: "application/gzip",
		htm: "text/html;charset=utf-8",
		html: "text/html;charset=utf-8",
		ico: "image/x-icon",
		ics: "text/calendar;charset=utf-8",
		jpeg: "image/jpeg",
		jpg: "image/jpeg",
		js: "text/javascript;charset=utf-8",
		json: "application/json",
		jsonld: "application/ld+json",
		log: "text/plain;charset=utf-8",
		m3u8: "application/vnd.apple.mpegurl",
		m4a: "audio/mp4",
		m4s: "video/iso.segment",
		m4v: "video/mp4",
		map: "application/json",
		md: "text/markdown;charset=utf-8",
		mid: "audio/midi",
		mjs: "text/javascript;charset=utf-8",
		mov: "video/quicktime",
		mp3: "audio/mpeg",
		mp4: "video/mp4",
		mpd: "application/dash+xml",
		oga: "audio/ogg",
		ogg: "audio/ogg",
		ogv: "video/ogg",
		opus: "audio/ogg",
		otf: "font/otf",
		p12: "application/x-pkcs12",
		pdf: "application/pdf",
		pem: "application/x-pem-file",
		png: "image/png",
		svg: "image/svg+xml",
		tar: "application/x-tar",
		tif: "image/tiff",
		tiff: "image/tiff",
		ts: "video/mp2t",
		ttf: "font/ttf",
		txt: "text/plain;charset=utf-8",
		vtt: "text/vtt;charset=utf-8",
		wasm: "application/wasm",
		wav: "audio/wav",
		weba: "audio/webm",
		webm: "video/webm",
		webmanifest: "application/manifest+json",
		webp: "image/webp",
		woff: "font/woff",
		woff2: "font/woff2",
		xhtml: "application/xhtml+xml",
		xml: "application/xml",
		zip: "application/zip"
	})
);

/** More media types by extension, checked once. @throws {TypeError} for what no `Content-Type` can be. */
export const checkTypes = (more: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> => {
	const checked = new Map<string, string>();
	for (const [extension, type] of Object.entries(more)) {
		if (typeof type !== "string" || !type.includes("/") || !isFieldText(type))
			throw new TypeError(`Media type of .${extension} is none`);
		if (extension !== extension.toLowerCase() || extension.includes("."))
			throw new TypeError(`Extension ${extension} is not in lower case, or has a dot`);
		checked.set(extension, type);
	}
	return checked;
};

/** The media type of a file, by its name; `application/octet-stream` for an extension that is not known. */
export const mediaType = (name: string, more?: ReadonlyMap<string, string>): string => {
	const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
	if (!name.includes(".")) return "application/octet-stream";
	return more?.get(extension) ?? types.get(extension) ?? "application/octet-stream";
};

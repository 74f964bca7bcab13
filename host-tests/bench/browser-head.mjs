// What a browser asks a server for that it shows a page of: twelve field lines, two of which Node adds (Host and
// Connection). Of a file and the next some are the same, and some are not.

const kinds = [
	{ accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", mode: "navigate", dest: "document" },
	{ accept: "text/css,*/*;q=0.1", mode: "no-cors", dest: "style" },
	{ accept: "*/*", mode: "no-cors", dest: "script" },
	{ accept: "image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8", mode: "no-cors", dest: "image" },
	{ accept: "application/json", mode: "cors", dest: "empty" }
];

/** Path and field lines of the `i`-th request. */
export function browserHead(i) {
	const { accept, mode, dest } = kinds[i % kinds.length];
	return {
		path: `/item/${i}`,
		headers: {
			"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
			Accept: accept,
			"Accept-Language": "en-US,en;q=0.5",
			"Accept-Encoding": "gzip, deflate, br, zstd",
			Referer: "https://127.0.0.1/",
			Cookie: "session=6f1d2c0b7e9a4855b3c1; theme=dark",
			"Sec-Fetch-Dest": dest,
			"Sec-Fetch-Mode": mode,
			"Sec-Fetch-Site": "same-origin",
			"If-None-Match": `"${(i * 2654435761) % 4294967296}"`
		}
	};
}

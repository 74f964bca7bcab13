// A page of thirty assets, as files: each asset shows in the page that it has come.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

export const assetCount = 30;
const ofEachKind = assetCount / 3;
const numbers = Array.from({ length: ofEachKind }, (_, index) => index);
/** Sizes that fit one record, several records, and more than the server keeps waiting to be sent. */
const padding = (number: number) => `/*${"*".repeat(number * number * 500)}*/`;

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type), data]);
	const length = Buffer.alloc(4);
	const check = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

/** A grey image, `width` pixels wide and one high. */
function png(width: number): Buffer {
	const header = Buffer.from([0, 0, 0, width, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
	const pixels = deflateSync(Buffer.alloc(width + 1, 0));
	const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
	return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const page = `<!doctype html><title>Assets</title><link rel=icon href=data:,>
${numbers.map(number => `<link rel=stylesheet href=style-${number}.css>`).join("\n")}
<script>window.ran = 0</script>
${numbers.map(number => `<script src=script-${number}.js></script>`).join("\n")}
${numbers.map(number => `<i id=style-${number}></i><img src=image-${number}.png>`).join("\n")}`;

/** Writes the page, `asset+page.html`, and its assets to `folder`. */
export function writeAssets(folder: string): void {
	const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, `asset+${name}`), content);
	write("page.html", page);
	for (const number of numbers) {
		write(`style-${number}.css`, `#style-${number} { z-index: 7 } ${padding(number)}`);
		write(`script-${number}.js`, `window.ran++; ${padding(number)}`);
		write(`image-${number}.png`, png(number + 1));
	}
}

/** Run in the page: how many of its assets work. */
export function countAssets(): number {
	const images = [...document.images].filter((image, index) => image.complete && image.naturalWidth === index + 1);
	const styles = [...document.querySelectorAll("i")].filter(element => getComputedStyle(element).zIndex === "7");
	return images.length + styles.length + (window as unknown as { ran: number }).ran;
}

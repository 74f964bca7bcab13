// Long heads in XS's memory of a device, of which no more is left than was asked for when they are parsed. XS aborts where they take more.

import { hasRoomInXS, makeRoomInXS } from "httpsd/heap/xs-room";
import { defaultLimits } from "httpsd/limits";
import RequestHeadReader from "httpsd/message/request-head";

let ballast: ArrayBuffer | undefined;
const account = {
	reserve: 0,
	most: 0,
	take: () => true,
	takeNow: () => true,
	force: () => {},
	/** There is just as much then. */
	isThere(bytes: number): boolean {
		let more = 0;
		for (let step = 65_536; step >= 64; step /= 2) if (hasRoomInXS(0, bytes + more + step)) more += step;
		ballast = new ArrayBuffer(more);
		return hasRoomInXS(0, bytes);
	}
};

/** The head in the pieces that it is read in. @returns how many field lines it has. */
function parse(head: string): number | undefined {
	const { readSize } = defaultLimits;
	const reader = new RequestHeadReader({ limits: defaultLimits, account });
	for (let at = 0; at < head.length; at += readSize) {
		const found = reader.push(ArrayBuffer.fromString(head.slice(at, at + readSize)));
		if (found !== undefined) return found.headers.size;
	}
	return undefined;
}

const most = defaultLimits.maxHeadBytes - 20;
const heads = {
	"a value with spaces around it": () => `X:  ${"v".repeat(most - 8)}  \r\n`,
	"many lines": () => `${"name: value value value value\r\n".repeat(Math.floor(most / 32))}`,
	"two lines": () => `X: ${"v".repeat(most / 2)} \r\nY: ${"v".repeat(most / 2 - 20)} \r\n`
};
// Slots are another matter.
makeRoomInXS(8192, 0);
for (const [name, fields] of Object.entries(heads)) {
	for (const target of ["/", `/?${"a".repeat(defaultLimits.maxRequestLine - 20)}`]) {
		const head = `GET ${target} HTTP/1.1\r\nHost: a\r\n${fields()}\r\n`;
		const lines = parse(head);
		const left = ballast === undefined ? "nothing was asked for" : "parsed";
		ballast = undefined;
		trace(`${name}, ${head.length}: ${lines} lines, ${left}\n`);
	}
}

// The limits of an ESP32-C3 that a request or a message can hit, and what is answered up to each of them and above it.
import { httpLimits } from "../../../../modules/platform/esp32c3/limits";

const {
	maxRequestLine,
	maxHeadBytes,
	maxKeptHead,
	maxBufferedBody,
	maxJsonDepth,
	maxJsonMemory,
	maxMessage,
	readSize
} = httpLimits;
const { maxAhead, maxBacklog, coalesce, highWater } = httpLimits;

/** Fewer than by default, which memory does not allow: 64 bytes a piece. */
export const maxFragments = 64;

export interface Limit {
	readonly n: number;
	/** What is sent for a length or count. */
	readonly text: (n: number) => string;
	/** What is answered up to the limit, as `answerIn()` has it. */
	readonly good: string;
	/** What is answered above it. */
	readonly bad: string;
}

const host = "Host: a\r\n";
const x = (length: number) => "x".repeat(length);
const get = (target: string, fields = "") => `GET ${target} HTTP/1.1\r\n${host}${fields}\r\n`;
const post = (path: string, content: string, fields = "") =>
	`POST ${path} HTTP/1.1\r\n${host}${fields}Content-Length: ${content.length}\r\n\r\n${content}`;
const chunked = (content: string) =>
	`POST /bytes HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n${content}\r\n\r\n`;

/** A head of `n` bytes. */
const getOf = (n: number) => get("/", `X: ${x(n - get("/", "X: \r\n").length)}\r\n`);

const upgrade =
	"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
/** A frame with a mask of zeros. */
function frame(content: string, first = 0x81) {
	const { length } = content;
	const size = length < 126 ? [0x80 | length] : [0xfe, length >> 8, length & 255];
	return `${String.fromCharCode(first, ...size)}\0\0\0\0${content}`;
}
const webSocket = (path: string, frames: string) => get(path, upgrade) + frames;
const fragments = (count: number) => frame("x", 1) + frame("x", 0).repeat(count - 2) + frame("x", 0x80);

/** Numbers in an array that are taken for so many bytes: its text, 96, and 32 for each but the first. */
function numbers(bytes: number) {
	const commas = Math.floor((bytes - 99) / 34);
	return `[${"0,".repeat(commas)}0]`.padEnd(bytes - 96 - 32 * commas);
}

const multipart = "Content-Type: multipart/form-data; boundary=b\r\n";
const disposition = "Content-Disposition: form-data; name=a\r\n";
const parts = (...fields: string[]) =>
	post("/parts", `${fields.map(each => `--b\r\n${disposition}${each}\r\n\r\n`).join("")}--b--\r\n`, multipart);

/** What is limited is taken all the same, in another way. */
const same = (good: string) => ({ good, bad: good });
const refused = (status: number, good = "200") => ({ good, bad: `${status}` });

export const limits: Readonly<Record<string, Limit>> = {
	maxRequestLine: { n: maxRequestLine, text: n => get(`/${x(n - 14)}`), ...refused(414, "404") },
	maxHeadBytes: { n: maxHeadBytes, text: n => get("/", `X: ${x(n - host.length - 5)}\r\n`), ...refused(431) },
	maxHeaderCount: { n: 64, text: n => get("/", "a:\r\n".repeat(n - 1)), ...refused(431) },
	maxEmptyLines: { n: 2, text: n => "\r\n".repeat(n) + get("/"), ...refused(400) },
	maxKeptHead: { n: maxKeptHead, text: n => getOf(n + 4), ...same("200") },
	maxAhead: { n: maxAhead, text: n => get("/later") + getOf(n), good: "200 200", bad: "200" },
	readSize: { n: readSize, text: n => post("/bytes", x(n)), ...same("200") },
	maxBufferedBody: { n: maxBufferedBody, text: n => post("/text", x(n)), ...refused(413) },
	maxJsonMemory: { n: maxJsonMemory, text: n => post("/json", numbers(n)), ...refused(413) },
	maxJsonDepth: { n: maxJsonDepth, text: n => post("/json", "[".repeat(n) + "]".repeat(n)), ...refused(400) },
	maxTrailerBytes: { n: 1024, text: n => chunked(`1\r\nx\r\n0\r\nX: ${x(n - 5)}`), ...refused(431) },
	maxChunkLine: { n: 256, text: n => chunked(`1;${x(n - 2)}\r\nx\r\n0`), ...refused(400) },
	maxParts: { n: 64, text: n => parts(...Array(n).fill("")), ...refused(413) },
	maxPartLines: { n: 16, text: n => parts("a:\r\n".repeat(n - 1)), ...refused(413) },
	maxPartHead: { n: maxHeadBytes / 4, text: n => parts(`X: ${x(n - disposition.length - 7)}\r\n`), ...refused(413) },
	maxMessage: {
		n: maxMessage,
		text: n => webSocket("/ws", frame(x(n))),
		good: "101 text",
		bad: "101 close 1009"
	},
	maxFragments: { n: maxFragments, text: n => webSocket("/ws", fragments(n)), good: "101 text", bad: "101 close 1008" },
	maxBacklog: {
		n: maxBacklog,
		text: n => webSocket("/backlog", frame(`${n}`)),
		good: "101 text",
		bad: "101 close 1013"
	},
	// What waits is within the limit, or there is room again later, which the server's end then says.
	highWater: { n: highWater, text: n => webSocket("/high-water", frame(`${n}`)), good: "101 text", bad: "101 text w" },
	// Head and content in one piece, or not.
	coalesce: { n: coalesce, text: n => get(`/of/${n}`), ...same("200") }
};

/** Statuses of the responses, and what a WebSocket is sent first but bytes, as far as it has come. */
export function answerIn(text: string): string {
	const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status).join(" ");
	return statuses === "101" ? `101${messageIn(text.slice(text.indexOf("\r\n\r\n") + 4))}` : statuses;
}

function messageIn(text: string): string {
	const [first, length] = [text.charCodeAt(0), text.charCodeAt(1)];
	const header = length === 126 ? 4 : 2;
	const end = header + (length === 126 ? (text.charCodeAt(2) << 8) | text.charCodeAt(3) : length);
	if (!(text.length >= end)) return "";
	if (first === 0x88) return ` close ${(text.charCodeAt(2) << 8) | text.charCodeAt(3)}`;
	const content = text.slice(header, end);
	return first === 0x81 ? ` text${content === "w" ? " w" : ""}` : messageIn(text.slice(end));
}

/** Whether more is to come. */
export const isWhole = (answer: string, { good }: Limit) =>
	good.startsWith("101") ? answer.includes(" ") || !/^101|^$/.test(answer) : answer.length >= good.length;

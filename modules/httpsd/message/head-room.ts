// What a request's head takes of its connection's memory.

/** What a head asks of its connection's account. */
export interface HeadRoom {
	/** Bytes that are there for the head that is being parsed, and need not be asked for. */
	readonly reserve: number;
	/** The most that the connection could ever hold. */
	readonly most: number;
	/** @returns whether there is room, or others have given some back. */
	take(bytes: number): boolean;
	/** The same, but nobody gives anything back for it. */
	takeNow(bytes: number): boolean;
	force(bytes: number): void;
	/** Whether XS has so many bytes now, whatever has been taken. */
	isThere(bytes: number): boolean;
}

/** Bytes that a head takes for each byte of its text, and for each field line, while it is parsed. */
const parsing = Object.freeze({ byte: 4, line: 96 } as const);
/** Bytes that a head holds behind that, beside its text: objects, and each field line. Numbers by themselves, for each head needs them. */
export const costOfObjects = 448;
export const costOfLine = 48;

/** Field lines of a head that is no question, if it is short besides: the reserve and a share are there for so many. */
export const freeLines = 24;

/** What a head takes while it is parsed. */
export const parsingCost = (size: number, lines: number): number => {
	return size * parsing.byte + lines * parsing.line;
};

/** What it holds behind that. */
export const keptCost = (size: number, lines: number): number => {
	return 2 * size + lines * costOfLine + costOfObjects;
};

/** Whether a head, without its end, may take more than what is free for one and a share. */
export const isLong = (size: number, lines: number, { maxKeptHead }: { readonly maxKeptHead: number }): boolean => {
	return size > maxKeptHead || lines > freeLines;
};

/** What has to be taken for one: what it is parsed in beside `reserve`, which is free for that, or what it holds then, if that is more. */
export const neededFor = (size: number, lines: number, reserve: number): number => {
	return Math.max(parsingCost(size, lines) - reserve, keptCost(size, lines));
};

/** How many lines a head has, as far as `max`. */
export const countLines = (text: string, max: number): number => {
	let count = 0;
	for (let at = text.indexOf("\r\n"); at >= 0 && count < max; at = text.indexOf("\r\n", at + 2)) count++;
	return count;
};

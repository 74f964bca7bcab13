import type Channel from "../connection/channel";
import { pieceCost } from "../limits";
import type FrameReader from "./frames";
import type { Piece } from "./frames";

/** Who is told that bytes have come. */
interface Listening {
	heard(): void;
}

/** The next piece of a WebSocket; `undefined` when more bytes are needed, or the turn is over. Throws as the reader does. */
export function nextPiece({ input, limits }: Channel, reader: FrameReader, user: Listening): Piece | undefined {
	if (input.resting) return undefined;
	let piece = reader.next();
	if (piece !== undefined) input.charge(pieceCost);
	for (; piece === undefined; piece = reader.next()) {
		const bytes = input.take(limits.readSize);
		if (bytes === undefined) return undefined;
		user.heard();
		reader.feed(bytes);
	}
	return piece;
}

/** Reads what comes while no piece may be taken, up to `maxAhead`: the end is told only behind it. */
export function readAhead({ input, limits }: Channel, user: Listening): void {
	const before = input.total;
	input.ahead(limits.maxAhead);
	if (input.total > before) user.heard();
}

/** Gives the reader all that was read ahead, since the connection has ended. */
export function takeRest({ input, limits }: Channel, reader: FrameReader): void {
	const bytes = input.take(limits.readSize);
	if (bytes !== undefined) reader.feed(bytes);
}

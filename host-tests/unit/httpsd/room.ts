import type { Room } from "httpsd/memory/charge";
import type { HeadRoom } from "httpsd/message/head-room";

/** Memory without end, for what is tested apart from a server. */
export const endless: Room & HeadRoom = {
	most: Number.POSITIVE_INFINITY,
	held: 0,
	reserve: 0,
	take: () => true,
	takeNow: () => true,
	give: () => {},
	force: () => {},
	isThere: () => true,
	wait: () => {}
};

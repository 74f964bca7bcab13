import type { Room } from "httpsd/memory/charge";

/** Memory without end, for what is tested apart from a server. */
export const endless: Room = { most: Number.POSITIVE_INFINITY, take: () => true, give: () => {} };

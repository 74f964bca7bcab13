// Where a response is. Numbers, for a text that a preloaded module compares with is copied each time.

export const fresh: number = 0;
export const streaming: number = 1;
export const done: number = 2;
/** The head has answered a HEAD, which gets no content, and the handler may still write. */
export const headed: number = 3;

// Whether a pump pulls. Numbers, for a text that a preloaded module compares with is copied each time.

export const notPulling = 0;
export const pullingNow = 1;
/** It will once the reader's call has returned. */
export const pullingLater = 2;
/** It will when there may be memory for a long record. */
export const pullingForMemory = 3;

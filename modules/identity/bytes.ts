/** Bytes of a credential in place: a string, a buffer, a view, a Resource or another host buffer. */
export type Bytes = string | ArrayBuffer | ArrayBufferView | HostBuffer;

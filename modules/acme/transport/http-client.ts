// The SDK's HTTP client, embedded:network/http/client, as far as it is used here. A firmware hands the class on, so that
// these modules need not know where the SDK has it.

import type { ClientOptions } from "tls/socket";

/** A resolver as the SDK's clients take it: `{ io: Resolver, servers, socket: { io: UDP } }`. */
export type DNSOptions = NonNullable<ClientOptions["dns"]>;

/** What the callbacks of a request have as `this`. */
export interface HTTPRequest {
	read(count?: number): ArrayBuffer | undefined;
	write(bytes: ArrayBufferView): number;
}

export interface HTTPRequestOptions {
	readonly method: string;
	readonly path: string;
	readonly headers: Map<string, string>;
	onHeaders(this: HTTPRequest, status: number, headers: Map<string, string>): void;
	onReadable(this: HTTPRequest, count: number): void;
	onWritable(this: HTTPRequest, count: number): void;
	onDone(this: HTTPRequest, error: Error | null): void;
}

export interface HTTPClient {
	request(options: HTTPRequestOptions): unknown;
	close(): void;
}

/** By which the CA is reached. */
export interface HTTPOptions {
	/** The SDK's class `embedded:network/http/client`, or one like it. */
	readonly io: HTTPClientConstructor;
	readonly dns: DNSOptions;
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's typings say `any` of the socket in its options
type HTTPClientConstructor = new (options: any) => object;

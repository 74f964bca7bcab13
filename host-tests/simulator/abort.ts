// The simulator tells an uncaught exception in one line without its message; this tells which it was.

Object.assign(globalThis, {
	abort(reason: string, exception: unknown): void {
		trace(`aborted: ${reason}: ${exception instanceof Error ? exception.stack : exception}\n`);
	}
});

export {};

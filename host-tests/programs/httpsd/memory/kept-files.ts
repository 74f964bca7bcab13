// What a device keeps of files that were asked for, each once: bytes of XS's heap.

import { gc, memory } from "desk";
import { memoryFiles } from "httpsd/file-stores";

const count = 100;
const page = ArrayBuffer.fromString("a page");
const names = Array.from({ length: count }, (_, index) => `file${index}`);
const store = memoryFiles(Object.fromEntries(names.map(name => [name, page])));

function held(): number {
	gc();
	const { slots, chunks } = memory();
	return slots + chunks;
}

async function openAll(): Promise<void> {
	const tags = new Set<string | undefined>();
	for (const name of names) tags.add((await store.open(name))?.etag);
	if (tags.size !== 1) throw new Error("Tags differ");
}

const before = held();
await openAll();
await openAll();
trace(`kept ${held() - before}\n`);

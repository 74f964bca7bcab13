// What a process prints, for tests that wait for it.

import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { setDeadline } from "../deadline";

export type PrintingProcess = ChildProcessByStdio<null, Readable, Readable>;

/** All that a process has printed, and those who wait for a line of it. */
export class Printed {
	text = "";
	private ended = false;
	private readonly watchers = new Set<() => void>();

	constructor(child: PrintingProcess) {
		for (const stream of [child.stdout, child.stderr]) stream.on("data", chunk => this.add(chunk));
		child.on("close", () => {
			this.ended = true;
			this.notify();
		});
	}

	waitFor(pattern: RegExp, milliseconds: number): Promise<RegExpMatchArray> {
		return new Promise((resolve, reject) => {
			const finish = (match: RegExpMatchArray | null, reason: string) => {
				this.watchers.delete(watcher);
				clear();
				if (match) resolve(match);
				else reject(new Error(`${reason} before ${pattern} was printed:\n${this.text}`));
			};
			const watcher = () => {
				const match = this.text.match(pattern);
				if (match || this.ended) finish(match, "the desk host ended");
			};
			const clear = setDeadline(milliseconds, time => finish(null, `${time} passed`));
			this.watchers.add(watcher);
			watcher();
		});
	}

	private add(chunk: Buffer): void {
		this.text += chunk.toString("latin1");
		this.notify();
	}

	private notify(): void {
		for (const watcher of [...this.watchers]) watcher();
	}
}

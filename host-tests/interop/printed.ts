// What a process prints, for tests that wait for it.

import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { setDeadline } from "../deadline";

export type PrintingProcess = ChildProcessByStdio<null, Readable, Readable>;

/** All that a process has printed, and those who wait for a line of it. */
export class Printed {
	text = "";
	private readonly who: string;
	private readonly clean: (text: string) => string;
	private ended = false;
	private readonly watchers = new Set<() => void>();

	/** @param who the process, in words; @param clean what is taken off what it prints */
	constructor(child: PrintingProcess, who: string, clean: (text: string) => string = text => text) {
		this.who = who;
		this.clean = clean;
		for (const stream of [child.stdout, child.stderr]) stream.on("data", chunk => this.add(chunk));
		child.on("close", () => {
			this.ended = true;
			this.notify();
		});
	}

	/** The first match, past or future. Rejects when the process ends, or after so many milliseconds of an idle machine, if they are given. */
	waitFor(pattern: RegExp, milliseconds?: number): Promise<RegExpMatchArray> {
		return new Promise((resolve, reject) => {
			const finish = (match: RegExpMatchArray | null, reason: string) => {
				this.watchers.delete(watcher);
				clear();
				if (match) resolve(match);
				else reject(new Error(`${reason} before ${pattern} was printed:\n${this.text}`));
			};
			const watcher = () => {
				const match = this.text.match(pattern);
				if (match || this.ended) finish(match, `${this.who} ended`);
			};
			const late = (time: string) => finish(null, `${time} passed`);
			const clear = milliseconds === undefined ? () => {} : setDeadline(milliseconds, late);
			this.watchers.add(watcher);
			watcher();
		});
	}

	private add(chunk: Buffer): void {
		this.text += this.clean(chunk.toString("latin1"));
		this.notify();
	}

	private notify(): void {
		for (const watcher of [...this.watchers]) watcher();
	}
}

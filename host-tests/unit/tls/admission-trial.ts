// Admission with two slots, whose heap and handshakes the test decides on.

import { afterEach, beforeEach, jest } from "@jest/globals";
import Admission, { type SlotHolder } from "tls/connection/admission";

interface Named extends SlotHolder {
	readonly name: string;
}

/** Of one test. */
export interface Trial {
	readonly admission: Admission<Named>;
	/** Bytes that the handshakes of these names take; others take 1,000. */
	taken: Record<string, number>;
	block: number | undefined;
	free: number | undefined;
	canFreeMemory: boolean;
	readonly begun: string[];
	readonly failed: string[];
	/** The connection of that name. */
	get(name: string): Named;
	requestAll(...names: string[]): void;
}

function begin(): Trial {
	const connections = new Map<string, Named>();
	const trial: Trial = {
		taken: {},
		block: undefined,
		free: undefined,
		canFreeMemory: false,
		begun: [],
		failed: [],
		get(name) {
			const known = connections.get(name) ?? { name, slot: "none", reserved: 0, reads: 0, stallsAt: 0 };
			connections.set(name, known);
			return known;
		},
		requestAll(...names) {
			for (const name of names) trial.admission.request(trial.get(name));
		},
		admission: new Admission<Named>({
			maxHandshakes: 2,
			handshakeMemory: connection => trial.taken[connection?.name ?? ""] ?? 1000,
			largestBlock: () => trial.block,
			free: () => trial.free,
			begin: connection => trial.begun.push(connection.name),
			fail: connection => trial.failed.push(connection.name),
			freeMemory: () => trial.canFreeMemory
		})
	};
	return trial;
}

/** For each test of the file another, with jest's timers. */
export function eachTrial(): { current: Trial } {
	const trial = { current: undefined as unknown as Trial };
	beforeEach(() => {
		jest.useFakeTimers();
		trial.current = begin();
	});
	afterEach(() => {
		trial.current.admission.clear();
		jest.useRealTimers();
	});
	return trial;
}

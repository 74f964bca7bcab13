import { byId, element, setText, Table } from "./elements";
import * as format from "./format";
import type { ConnectionRow, Description, Snapshot } from "./messages";
import type { Sample } from "./samples";

/** Errors that are shown. */
const keptErrors = 20;

const tileNames = ["Connections", "Requests", "95 % within", "Resumed", "Memory held", "Failures"] as const;

/** The figures on top. */
export class Tiles {
	readonly #values: readonly HTMLElement[];

	constructor() {
		this.#values = tileNames.map(() => element("dd", {}, "–"));
		const tiles = tileNames.map((name, at) =>
			element("div", {}, element("dt", {}, name), this.#values[at] as HTMLElement)
		);
		byId("tiles").replaceChildren(...tiles);
	}

	set({ open, memory, handshakes, failures }: Snapshot, sample: Sample | undefined, places: number): void {
		const [done = 0, resumed = 0] = handshakes ?? [];
		const [held, , limit] = memory;
		const failed = failures.reduce((sum, [, times]) => sum + times, 0);
		const texts = [
			`${open} of ${places}`,
			sample?.requests == null ? "–" : format.perSecond(sample.requests),
			sample?.slowest == null ? "–" : format.milliseconds(sample.slowest),
			done === 0 ? "–" : `${Math.round((100 * resumed) / done)} %`,
			`${((100 * held) / limit).toFixed(held * 100 < limit ? 2 : 0)} %`,
			format.count(failed)
		];
		for (const [at, text] of texts.entries()) setText(this.#values[at] as HTMLElement, text);
	}
}

function place(id: string, caption: string, heads: readonly string[], empty: string): Table {
	const table = new Table(caption, heads, empty);
	// What may be wider than a phone is scrolled by keyboard too.
	Object.assign(byId(id), { tabIndex: 0, role: "region", ariaLabel: caption });
	byId(id).replaceChildren(table.element);
	return table;
}

/** Connections, failures and errors. */
export class Tables {
	readonly #connections = place(
		"connections",
		"Connections that are open",
		["Address", "TLS", "Suite", "Session", "Requests", "Holds", "Does"],
		"None"
	);
	readonly #failures = place("failures", "Codes with their failures", ["Code", "Times"], "None");
	readonly #errors = place("errors", "Last errors, the newest first", ["Time", "Code", "Alert", "Address"], "None");
	#lines: string[] = [];

	set(snapshot: Snapshot): void {
		const { connections, failures, errors, open, time, memory } = snapshot;
		const rows = connections.map(rowOf);
		const more = open - connections.length;
		if (more > 0) rows.push([`and ${more} more`, "", "", "", "", "", ""]);
		const [, , , , others] = memory;
		if (others > 0)
			rows.push(["no connection", "", "", "", "", format.bytes(others), "the firmware, and who has left"]);
		this.#connections.set(rows);
		const byTimes = [...failures].sort((one, other) => other[1] - one[1]);
		this.#failures.set(byTimes.map(([code, times]) => [code, format.count(times)]));
		this.#lines = [...this.#lines, ...errors].slice(-keptErrors);
		const started = Date.now() - time;
		this.#errors.set(
			this.#lines.toReversed().map(line => {
				const [second, code = "", address = "", alert = ""] = line.split("\t");
				return [format.clock(started + 1000 * Number(second)), code, alert, address];
			})
		);
	}

	/** The server has started anew. */
	clear(): void {
		this.#lines = [];
	}
}

function rowOf([, address, port, version, suite, resumed, requests, held, activity]: ConnectionRow): string[] {
	return [
		`${address?.includes(":") ? `[${address}]` : (address ?? "?")}:${port ?? "?"}`,
		version?.replace("TLSv", "") ?? "none",
		suite?.replace(/^TLS_/, "").replaceAll("_", " ") ?? "",
		version === null ? "" : resumed ? "resumed" : "new",
		format.count(requests),
		format.bytes(held),
		activity
	];
}

/** When a certificate ends, for people. */
function endOf(end: number): string {
	const day = new Date(end).toLocaleDateString("en-CA");
	const left = end - Date.now();
	if (left <= 0) return `${day}: it has ended`;
	const days = Math.floor(left / 86_400_000);
	if (days === 0) return `${day}, in less than a day`;
	return `${day}, in ${format.count(days)} day${days === 1 ? "" : "s"}`;
}

/** The certificate, with its end. @param renew asks for another than that of the fingerprint */
export class Certificate {
	readonly #button = byId("renew") as HTMLButtonElement;
	#fingerprint = "";

	constructor(renew: (fingerprint: string) => void) {
		this.#button.addEventListener("click", () => {
			this.#button.disabled = true;
			renew(this.#fingerprint);
		});
	}

	set({ end, fingerprint, canRenew }: Description, isRenewing: boolean): void {
		if (end === undefined || fingerprint === undefined) return;
		this.#fingerprint = fingerprint;
		byId("certificate").hidden = false;
		setText(byId("end"), endOf(end));
		setText(byId("fingerprint"), fingerprint);
		this.#button.hidden = !canRenew;
		this.#button.disabled = isRenewing;
	}

	/** It was not renewed. */
	refused(): void {
		this.#button.disabled = false;
	}
}

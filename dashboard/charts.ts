import uPlot from "uplot";
import { element, setText, Table } from "./elements";
import * as format from "./format";
import type { Sample } from "./samples";

type Name = Exclude<keyof Sample, "at">;

interface Line {
	readonly name: Name;
	readonly label: string;
	/** Of style.css. */
	readonly colour: string;
}

interface ChartOptions {
	readonly title: string;
	readonly lines: readonly Line[];
	readonly format: (value: number) => string;
	/** Of the axis, where the unit would take the room. */
	readonly short?: (value: number) => string;
}

/** Rows of the table beside a chart. */
const rows = 10;
const height = 150;

export const charts: readonly ChartOptions[] = [
	{
		title: "Requests",
		lines: [{ name: "requests", label: "per second", colour: "--one" }],
		format: format.perSecond,
		short: format.plain
	},
	{
		title: "Latency of responses",
		lines: [
			{ name: "median", label: "half within", colour: "--one" },
			{ name: "slowest", label: "95 % within", colour: "--two" }
		],
		format: format.milliseconds,
		short: format.plain
	},
	{
		title: "TLS handshakes",
		lines: [
			{ name: "full", label: "full", colour: "--one" },
			{ name: "resumed", label: "resumed", colour: "--two" }
		],
		format: format.perSecond,
		short: format.plain
	},
	{
		title: "Memory held for clients",
		lines: [
			{ name: "held", label: "held", colour: "--one" },
			{ name: "peak", label: "most ever", colour: "--two" }
		],
		format: format.bytes
	},
	{
		title: "C heap",
		lines: [
			{ name: "free", label: "free", colour: "--one" },
			{ name: "block", label: "largest block", colour: "--two" }
		],
		format: format.bytes
	},
	{
		title: "XS heap",
		lines: [
			{ name: "slots", label: "slots", colour: "--one" },
			{ name: "chunks", label: "chunks", colour: "--two" },
			{ name: "taken", label: "taken for both", colour: "--three" }
		],
		format: format.bytes
	}
];

const colourOf = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name);

/** A chart with its last values in words above it, and in a table behind it. It is there once it has a value. */
export class Chart {
	readonly element: HTMLElement;
	readonly #options: ChartOptions;
	readonly #now: readonly HTMLElement[];
	readonly #table: Table;
	readonly #details: HTMLDetailsElement;
	readonly #place: HTMLElement;
	#plot: uPlot | undefined;
	#samples: readonly Sample[] = [];

	constructor(options: ChartOptions) {
		const { title, lines } = options;
		this.#options = options;
		this.#now = lines.map(() => element("b"));
		const legend = lines.map(({ label, colour }, index) =>
			element("span", { className: colour.slice(2) }, `${label} `, this.#now[index] as HTMLElement)
		);
		this.#table = new Table(title, ["Time", ...lines.map(({ label }) => label)], "None yet");
		this.#details = element("details", {}, element("summary", {}, `${title} in figures`), this.#table.element);
		this.#details.addEventListener("toggle", () => this.#fillTable());
		this.#place = element("div", { className: "plot", ariaHidden: "true" });
		const caption = element("figcaption", {}, element("h2", {}, title), element("p", {}, ...legend));
		this.element = element("figure", { hidden: true }, caption, this.#place, this.#details);
	}

	update(samples: readonly Sample[]): void {
		this.#samples = samples;
		const { lines } = this.#options;
		if (samples.some(sample => lines.some(({ name }) => sample[name] !== null))) this.element.hidden = false;
		if (this.element.hidden) return;
		this.#plot ??= this.#draw();
		this.#plot.setData(this.#data());
		this.#show(samples.length - 1);
		this.#fillTable();
	}

	/** Draws it anew: colours are others. */
	recolour(): void {
		this.#plot?.destroy();
		this.#plot = undefined;
		this.update(this.#samples);
	}

	resize(): void {
		this.#plot?.setSize({ width: this.#place.clientWidth, height });
	}

	#data(): uPlot.AlignedData {
		const { lines } = this.#options;
		return [this.#samples.map(({ at }) => at), ...lines.map(({ name }) => this.#samples.map(sample => sample[name]))];
	}

	/** The values at a place, in words. */
	#show(index: number): void {
		for (const [at, { name }] of this.#options.lines.entries())
			setText(this.#now[at] as HTMLElement, this.#word(this.#samples[index]?.[name]));
	}

	#word(value: number | null | undefined): string {
		return value == null ? "–" : this.#options.format(value);
	}

	#fillTable(): void {
		if (!this.#details.open) return;
		const last = this.#samples.slice(-rows).reverse();
		const { lines } = this.#options;
		this.#table.set(
			last.map(sample => [format.clock(sample.at * 1000), ...lines.map(({ name }) => this.#word(sample[name]))])
		);
	}

	#draw(): uPlot {
		const { format: long, short = long } = this.#options;
		const axis = {
			stroke: colourOf("--quiet"),
			grid: { stroke: colourOf("--line"), width: 1 },
			ticks: { show: false }
		};
		const series = this.#options.lines.map(({ label, colour }, index) => ({
			label,
			stroke: colourOf(colour),
			width: 2,
			points: { show: false },
			...(index === 0 ? { fill: colourOf(`${colour}-fill`) } : {})
		}));
		const options: uPlot.Options = {
			width: this.#place.clientWidth,
			height,
			padding: [8, 10, 0, 0],
			legend: { show: false },
			cursor: { y: false, drag: { x: false, y: false }, sync: { key: "time" } },
			scales: { y: { range: (_plot, _least, most) => [0, most > 0 ? most * 1.1 : 1] } },
			axes: [
				{ ...axis, size: 30, space: 70, values: (_plot, splits) => splits.map(each => format.clock(each * 1000)) },
				{ ...axis, size: 52, space: 34, values: (_plot, splits) => splits.map(short) }
			],
			series: [{}, ...series],
			hooks: { setCursor: [({ cursor: { idx } }) => this.#show(idx ?? this.#samples.length - 1)] }
		};
		return new uPlot(options, this.#data(), this.#place);
	}
}

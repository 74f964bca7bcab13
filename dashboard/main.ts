// The page of modules/httpsd/dashboard, as the browser runs it. build.mjs makes one script of these files and uPlot.

import { Chart, charts } from "./charts";
import { byId, setText } from "./elements";
import { Firmware } from "./firmware";
import * as format from "./format";
import { Live } from "./live";
import type { Answer, Description, Snapshot } from "./messages";
import { Certificate, Tables, Tiles } from "./panels";
import { Renewal } from "./renewal";
import { Samples } from "./samples";

/** Milliseconds between two looks at the certificate: it may have been renewed by itself. */
const certificateCheck = 600_000;

const samples = new Samples();
const drawn = charts.map(options => new Chart(options));
byId("charts").replaceChildren(...drawn.map(chart => chart.element));
const tiles = new Tiles();
const tables = new Tables();
let description: Description | undefined;
let last = 0;
let time = 0;

const renewal = new Renewal();
const certificate = new Certificate(fingerprint => {
	renewal.begin(fingerprint);
	notify("Renewing the certificate");
	if (!live.send("renew")) renewal.lost();
});

const firmware = new Firmware(notify);

function notify(text: string): void {
	setText(byId("notice"), text);
}

function showState(text: string, isLive: boolean): void {
	setText(byId("state"), text);
	byId("state").className = isLive ? "live" : "";
}

function describe(told: Description): void {
	const outcome = renewal.judge(told);
	if (outcome !== undefined) notify(outcome);
	description = told;
	document.title = `${told.title} · status`;
	setText(byId("title"), told.title);
	samples.begin(told.classes);
	certificate.set(told, renewal.isRunning);
	firmware.set(told);
}

function show(snapshot: Snapshot): void {
	showState("Live", true);
	if (snapshot.time < time) tables.clear();
	time = snapshot.time;
	last = snapshot.last;
	samples.add(snapshot);
	for (const chart of drawn) chart.update(samples.all);
	tiles.set(snapshot, samples.all.at(-1), description?.places ?? 0);
	tables.set(snapshot);
	setText(byId("uptime"), `up ${format.duration(snapshot.time)}`);
}

function take(answer: Answer): void {
	if ("refused" in answer) {
		certificate.refused();
		notify(renewal.end(`Not renewed: ${answer.refused}`));
	} else if ("title" in answer) describe(answer);
	else {
		if ("busy" in answer) showState("The device has no memory for an answer at the moment", false);
		else if (description !== undefined) show(answer);
		// The first may have been refused for lack of memory.
		if (renewal.isRunning || description === undefined) live.send("identity");
	}
}

const live = new Live({
	answered: take,
	get last() {
		return last;
	},
	get interval() {
		return description?.interval ?? 2000;
	},
	state: showState,
	lost: () => {
		samples.pause();
		renewal.lost();
	}
});

setInterval(() => live.send("identity"), certificateCheck);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
	for (const chart of drawn) chart.recolour();
});
new ResizeObserver(() => {
	for (const chart of drawn) chart.resize();
}).observe(byId("charts"));
